using SparsePipeline.Cli.Commands;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>Reads the study a command was given.</summary>
internal static class StudyFile
{
    /// <summary>A valid study whose data sets are there; their digests are filled in, so that changed data means new steps.</summary>
    /// <exception cref="InvalidRecipeException">The study or one of its recipes has errors.</exception>
    /// <exception cref="DomainException">There is no such file, or files of a data set are missing.</exception>
    public static Study Read(string path)
    {
        if (!File.Exists(path))
            throw new DomainException(FailureCodes.InvalidOption, $"STUDY {path} does not exist.", "Give the path of a study, for example studies/digits-quick.yaml.");
        var reading = StudyReader.ReadFile(path, Catalog.Create());
        return WithDigests(reading.Study ?? throw new InvalidRecipeException(path, reading.Errors));
    }

    // Reading a data set's files takes a while, and most cells have the same ones.
    private static Study WithDigests(Study study)
    {
        var digests = new Dictionary<DataSpec, string>();
        return study with { Grids = [.. study.Grids.Select(g => g with { Cells = [.. g.Cells.Select(c => c with { Recipes = [.. c.Recipes.Select(Digested)] })] })] };

        Recipe Digested(Recipe recipe)
        {
            if (recipe.Model.File is not null || recipe.Pretraining.Weights is not null)
                throw new DomainException(
                    FailureCodes.InvalidOption,
                    $"Recipe {recipe.Name} names files (model.file, pretraining.weights), which studies do not hand over yet.",
                    "Run it by itself: sparsepipe run.");
            if (!digests.TryGetValue(recipe.Data, out var digest))
                digests[recipe.Data] = digest = DataSets.Digest(recipe.Data);
            return recipe with { Data = recipe.Data with { Digest = digest } };
        }
    }
}
