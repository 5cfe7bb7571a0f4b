using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Cumulative sparsity after each cycle.</summary>
internal static class CycleSparsity
{
    /// <summary>Sparsity after cycle <paramref name="cycle"/> of k: 1 − (1−s)^(j/k), the same fraction of the remaining weights each time.</summary>
    public static double Of(SparsificationRecipe recipe, int cycle) =>
        recipe.Schedule == "one-shot" || cycle == recipe.Cycles
            ? recipe.Sparsity
            : 1 - Math.Pow(1 - recipe.Sparsity, (double)cycle / recipe.Cycles);
}
