using SparsePipeline.Cli.Commands;
using SparsePipeline.Cli.Files;
using SparsePipeline.Cli.Recipes;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies;

/// <summary>Reads the study a command was given.</summary>
internal static class StudyFile
{
    /// <summary>A valid study whose data sets and files are there; their digests are filled in, so that changed ones mean new steps.</summary>
    /// <exception cref="InvalidRecipeException">The study or one of its recipes has errors.</exception>
    /// <exception cref="DomainException">There is no such file, or files of a data set or of a recipe are missing or refused.</exception>
    public static StudyInput Open(string path)
    {
        WantedFile.Ensure(path, "STUDY", "Give the path of a study, for example studies/digits-quick.yaml.");
        var reading = StudyReader.ReadFile(path, Catalog.Create());
        if (reading.Errors.Any(e => e.Field == "pretraining"))
            throw new DomainException(FailureCodes.InvalidOption, $"STUDY {path} is a recipe, not a study.", $"Run it with `sparsepipe run {path}`, or name it in a study's 'recipe:'.");
        var study = reading.Study ?? throw new InvalidRecipeException(path, reading.Errors);
        return new StudyContents(RecipeFolder.Of(Path.GetFullPath(study.RecipePath, RecipeFolder.Of(path)))).Of(study, path);
    }
}
