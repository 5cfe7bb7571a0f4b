using System.CommandLine;

namespace SparsePipeline.Cli.Commands.StoredRecipes;

/// <summary>The argument that names a stored recipe.</summary>
internal static class RecipeName
{
    public static Argument<string> Argument { get; } = new("NAME") { Description = "What the recipe is called there." };
}
