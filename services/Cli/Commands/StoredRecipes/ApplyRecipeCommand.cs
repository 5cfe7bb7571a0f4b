using System.CommandLine;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.StoredRecipes;

/// <summary><c>recipes apply NAME FILE</c>: stores a recipe, or another version of it.</summary>
internal static class ApplyRecipeCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "The recipe, in YAML or JSON. It names no files of this machine." };

    public static Command Create() => new CommandWithExamples(
        "apply",
        "Store a recipe under a name, or another version of it. Runs that were started keep theirs.",
        "sparsepipe recipes apply sms-digits digits-from-checkpoint.yaml --gateway http://localhost:8081 --key-file operator.key")
    {
        RecipeName.Argument, FileArgument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (name, file) = (invocation.Required(RecipeName.Argument), invocation.Required(FileArgument));
        WantedFile.Ensure(file, "FILE", "Give the path of a recipe.");
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var before = await Known.OrNullAsync(() => client.Recipes.ReadAsync(name, cancellationToken));
        var after = before?.Value.Text == text ? before : await client.Recipes.WriteAsync(name, text, before?.Version, cancellationToken);
        invocation.Answer(after.Value);
        invocation.Say($"{name} {after.Value.Version}: {(before is null ? "stored" : before.Value.Version == after.Value.Version ? "as it was" : $"in place of {before.Value.Version}")}");
        return ExitCodes.Ok;
    }
}
