using System.CommandLine;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.StoredRecipes;

/// <summary><c>recipes list</c>: names of the stored recipes.</summary>
internal static class ListRecipesCommand
{
    public static Command Create() => new CommandWithExamples(
        "list", "List the recipes that a gateway keeps.", "sparsepipe recipes list --gateway http://localhost:8081 --key-file operator.key")
    {
        RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var names = await client.Recipes.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        invocation.Answer(new { Items = names });
        foreach (var name in names)
            invocation.Say(name);
        if (names.Count == 0)
            invocation.Say("no recipes yet");
        return ExitCodes.Ok;
    }
}
