using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Planning;

/// <summary>Sparsities that layers have of their own, over the cycles.</summary>
internal static class LayerLevels
{
    /// <summary>One entry per cycle, null without such layers; each grows by the schedule that all others follow.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double>?> Of(SparsificationRecipe recipe)
    {
        if (recipe.Layers is not { Count: > 0 } layers)
            return new IReadOnlyDictionary<string, double>?[recipe.Cycles];
        var schedule = SparsitySchedules.Find(recipe.Schedule);
        var levels = layers.ToDictionary(l => l.Key, l => schedule.Levels(l.Value, recipe.Cycles), StringComparer.Ordinal);
        return [.. Enumerable.Range(0, recipe.Cycles).Select(cycle =>
            new SortedDictionary<string, double>(levels.ToDictionary(l => l.Key, l => l.Value[cycle]), StringComparer.Ordinal))];
    }
}
