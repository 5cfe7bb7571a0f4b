using System.CommandLine;
using System.CommandLine.Parsing;

namespace SparsePipeline.Cli;

/// <summary>Options every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>Where artifacts go unless told otherwise.</summary>
    public const string DefaultStore = ".sparsepipe";

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON and nothing else to standard output.", Recursive = true };

    public static Option<string?> Store { get; } = CreateStore();

    public static Option<string?> Profile { get; } = new("--profile")
    {
        Description = "Work on the broker and the store of .sparsepipe/profiles/NAME.settings.json; in this process and its folder when left out.",
        HelpName = "NAME",
        Recursive = true,
    };

    // Only where a store and nothing else is meant may its folder be left out; elsewhere that is a slip.
    private static Option<string?> CreateStore()
    {
        var store = new Option<string?>("--store")
        {
            Description = "Folder of the artifact store: results, checkpoints, masks, runs.",
            HelpName = "FOLDER",
            Recursive = true,
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => DefaultStore,
        };
        store.Validators.Add(result =>
        {
            if (!result.Implicit && result.Tokens.Count == 0 && (result.Parent as CommandResult)?.Command.Name != Commands.VerifyCommand.Name)
                result.AddError("Required argument missing for option: '--store'.");
        });
        return store;
    }
}
