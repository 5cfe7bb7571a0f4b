using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>What rules say about the tensors of a cut.</summary>
internal static class Selections
{
    /// <param name="rule">The rule.</param>
    /// <param name="script">File of the model's script, which tells its layers; null for models that are built in.</param>
    public static TensorSelection Of(CutRule rule, string? script)
    {
        var selection = new TensorSelection
        {
            Include = rule.Include ?? [],
            Exclude = rule.Exclude ?? [],
            Layers = rule.Layers ?? TensorSelection.Default.Layers,
            OutputLayer = rule.OutputLayer,
        };
        return script is null ? selection : ScriptRoles.Into(selection, script);
    }
}
