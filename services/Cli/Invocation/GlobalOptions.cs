using System.CommandLine;

namespace SparsePipeline.Cli;

/// <summary>Options every command has.</summary>
internal static class GlobalOptions
{
    /// <summary>Where artifacts go unless told otherwise.</summary>
    public const string DefaultStore = ".sparsepipe";

    public static Option<bool> Json { get; } = new("--json") { Description = "Write JSON and nothing else to standard output.", Recursive = true };

    public static Option<string> Store { get; } = new("--store")
    {
        Description = "Folder of the artifact store: results, checkpoints, masks, runs.",
        HelpName = "FOLDER",
        Recursive = true,
        DefaultValueFactory = _ => DefaultStore,
    };

    public static Option<string?> Profile { get; } = new("--profile")
    {
        Description = "Work on the broker and the store of .sparsepipe/profiles/NAME.settings.json; in this process and its folder when left out.",
        HelpName = "NAME",
        Recursive = true,
    };
}
