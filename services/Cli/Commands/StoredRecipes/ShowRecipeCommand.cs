using System.CommandLine;
using SparsePipeline.Cli.Remote;

namespace SparsePipeline.Cli.Commands.StoredRecipes;

/// <summary><c>recipes show NAME</c>: a stored recipe, as it was sent.</summary>
internal static class ShowRecipeCommand
{
    public static Command Create() => new CommandWithExamples(
        "show",
        "Show a recipe that a gateway keeps, as it was sent.",
        "sparsepipe recipes show sms-digits --gateway http://localhost:8081 --key-file operator.key > sms-digits.yaml")
    {
        RecipeName.Argument, RemoteGateway.Address, RemoteGateway.KeyFile,
    }.Handle(RunAsync);

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        using var client = await RemoteGateway.OpenAsync(invocation, cancellationToken);
        var recipe = (await client.Recipes.ReadAsync(invocation.Required(RecipeName.Argument), cancellationToken)).Value;
        invocation.Answer(recipe);
        invocation.Say(recipe.Text.TrimEnd());
        return ExitCodes.Ok;
    }
}
