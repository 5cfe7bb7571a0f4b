using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>What recipes and steps say about the tensors of a cut.</summary>
public static class Selections
{
    /// <summary>What a recipe says: for checks before anything runs.</summary>
    public static TensorSelection Of(SparsificationRecipe recipe) => Of(recipe.Include, recipe.Exclude, recipe.Layers, recipe.OutputLayer);

    /// <summary>What a step says.</summary>
    public static TensorSelection Of(PruneSpec spec) => Of(spec.Include, spec.Exclude, spec.Layers, spec.OutputLayer);

    /// <summary>What the cut of an average says.</summary>
    public static TensorSelection Of(CutRule rule) => Of(rule.Include, rule.Exclude, rule.Layers, rule.OutputLayer);

    private static TensorSelection Of(
        IReadOnlyList<string>? include, IReadOnlyList<string>? exclude, IReadOnlyDictionary<string, double>? layers, string? outputLayer) => new()
        {
            Include = include ?? [],
            Exclude = exclude ?? [],
            Layers = layers ?? TensorSelection.Default.Layers,
            OutputLayer = outputLayer,
        };
}
