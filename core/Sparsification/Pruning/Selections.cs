using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>What steps say about the tensors of a cut.</summary>
public static class Selections
{
    /// <summary>What a step says.</summary>
    /// <param name="spec">The step.</param>
    /// <param name="script">File of the model's script, which tells its layers; null for models that are built in.</param>
    public static TensorSelection Of(PruneSpec spec, string? script) => Known(script, Of(spec.Include, spec.Exclude, spec.Layers, spec.OutputLayer));

    /// <summary>What the cut of an average says.</summary>
    /// <inheritdoc cref="Of(PruneSpec, string?)"/>
    public static TensorSelection Of(CutRule rule, string? script) => Known(script, Of(rule.Include, rule.Exclude, rule.Layers, rule.OutputLayer));

    private static TensorSelection Known(string? script, TensorSelection selection) => script is null ? selection : ScriptRoles.Into(selection, script);

    private static TensorSelection Of(
        IReadOnlyList<string>? include, IReadOnlyList<string>? exclude, IReadOnlyDictionary<string, double>? layers, string? outputLayer) => new()
        {
            Include = include ?? [],
            Exclude = exclude ?? [],
            Layers = layers ?? TensorSelection.Default.Layers,
            OutputLayer = outputLayer,
        };
}
