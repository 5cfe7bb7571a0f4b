using SparsePipeline.Cli.Commands;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Recipes;

/// <summary>Reads the recipe a command was given.</summary>
internal static class RecipeFile
{
    /// <summary>A valid recipe whose data set and files are there; their digests are filled in, so that changed ones mean new steps.</summary>
    /// <exception cref="InvalidRecipeException">The recipe has errors.</exception>
    /// <exception cref="DomainException">There is no such file, or the data set's or the recipe's files are missing or refused.</exception>
    public static Recipe Read(string path) => Open(path).Recipe;

    /// <summary>The same, with the files it refers to; their paths count from the recipe's folder.</summary>
    public static RecipeFiles Open(string path)
    {
        if (!File.Exists(path))
            throw new DomainException(FailureCodes.InvalidOption, $"RECIPE {path} does not exist.", "Give the path of a recipe, for example recipes/sms-digits.yaml.");
        var reading = RecipeReader.ReadFile(path, Catalog.Create());
        var recipe = reading.Recipe ?? throw new InvalidRecipeException(path, reading.Errors);
        return RecipeFiles.Of(recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } }, Path.GetDirectoryName(path)!);
    }
}
