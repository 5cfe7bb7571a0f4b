using SparsePipeline.Cli.Commands;
using SparsePipeline.Cli.Files;
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
        WantedFile.Ensure(path, "RECIPE", "Give the path of a recipe, for example recipes/sms-digits.yaml.");
        if (Path.GetExtension(path) is ".safetensors" or ".pt" or ".html")
            throw new DomainException(FailureCodes.InvalidOption, $"RECIPE {path} is no recipe.", "A recipe is a YAML file, for example recipes/sms-digits.yaml.");
        var reading = RecipeReader.ReadFile(path, Catalog.Create());
        if (reading.Errors.Any(e => e.Field == "grids"))
            throw new DomainException(FailureCodes.InvalidOption, $"RECIPE {path} is a study, not a recipe.", $"Run it with `sparsepipe study {path}`.");
        var recipe = reading.Recipe ?? throw new InvalidRecipeException(path, reading.Errors);
        return RecipeFiles.Of(recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } }, RecipeFolder.Of(path));
    }
}
