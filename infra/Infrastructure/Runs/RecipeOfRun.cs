using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A run is named by its recipe; a recipe that was put under another run's name is not worked on.</summary>
internal static class RecipeOfRun
{
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
}
