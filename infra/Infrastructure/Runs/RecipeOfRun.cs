using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A run is named by its recipe; a recipe or a graph that was put under another run's name is not worked on.</summary>
internal static class RecipeOfRun
{
    /// <summary>The recipe in a run's document.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: it is damaged. Nothing here can say it again, whoever has the recipe can.</exception>
    public static Recipe Read(string runId, StoredObject document)
    {
        try
        {
            return Documents.Read<Recipe>(RunPaths.Recipe(runId), document);
        }
        catch (DomainException damaged)
        {
            throw new DomainException(
                damaged.Failure.Code, damaged.Failure.Reason,
                "Submit the recipe again, with `sparsepipe run`: the damaged document is then set aside, and the run goes on with the results it has.");
        }
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: the recipe has another name than the run it is stored for.</exception>
    public static void Check(string runId, Recipe recipe)
    {
        if (RunId.Of(recipe) is var own && own != runId)
        {
            throw new DomainException(
                FailureCodes.ForeignRecipe,
                $"The recipe stored for run '{runId}' is that of '{own}': somebody changed it, or another version wrote it, which knew other options.",
                $"Delete runs/{runId}/recipe.json and submit the recipe that was meant.");
        }
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: the graph was compiled from another run's recipe.</exception>
    public static void CheckGraph(string runId, string recipeDigest)
    {
        if (!RunId.IsOf(runId, recipeDigest))
        {
            throw new DomainException(
                FailureCodes.ForeignRecipe,
                $"The graph stored for run '{runId}' was compiled from another recipe.",
                $"Delete runs/{runId}/graph.json and submit the recipe that was meant.");
        }
    }

    /// <summary>What to say when a run was submitted by a version whose recipes have fields that this one does not know.</summary>
    public static DomainException Newer(string runId) => new(
        FailureCodes.NewerVersion,
        $"The recipe of run '{runId}' has fields that this version of SparsePipeline does not know: another version submitted it.",
        "Use that version, here and for the workers; until then the run waits.");
}
