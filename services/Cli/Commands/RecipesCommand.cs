using System.CommandLine;
using SparsePipeline.Cli.Commands.StoredRecipes;

namespace SparsePipeline.Cli.Commands;

/// <summary><c>recipes …</c>: recipes that a gateway keeps.</summary>
internal static class RecipesCommand
{
    public static Command Create() => new("recipes", "List, show and store the recipes that events and subscriptions of a gateway name.")
    {
        ListRecipesCommand.Create(),
        ShowRecipeCommand.Create(),
        ApplyRecipeCommand.Create(),
    };
}
