using SparsePipeline.Cli.Commands;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Recipes;

/// <summary>Reads the recipe a command was given.</summary>
internal static class RecipeFile
{
    /// <summary>A valid recipe whose data set is there; its digest is filled in, so that changed data means new steps.</summary>
    /// <exception cref="InvalidRecipeException">The recipe has errors.</exception>
    /// <exception cref="DomainException">There is no such file, or the data set's files are missing.</exception>
    public static Recipe Read(string path)
    {
        if (!File.Exists(path))
            throw new DomainException(FailureCodes.InvalidOption, $"RECIPE {path} does not exist.", "Give the path of a recipe, for example recipes/sms-digits.yaml.");
        var reading = RecipeReader.ReadFile(path, Catalog.Create());
        var recipe = reading.Recipe ?? throw new InvalidRecipeException(path, reading.Errors);
        return recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } };
    }
}
