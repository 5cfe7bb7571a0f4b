using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Cumulative sparsity after each cycle.</summary>
internal static class CycleSparsity
{
    /// <summary>Sparsity after cycle <paramref name="cycle"/> of k, as the recipe's schedule has it.</summary>
    public static double Of(SparsificationRecipe recipe, int cycle) =>
        SparsitySchedules.Find(recipe.Schedule).Levels(recipe.Sparsity, recipe.Cycles)[cycle - 1];
}
