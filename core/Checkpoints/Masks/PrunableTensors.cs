using System.IO.Enumeration;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Selects the weights that pruning may touch from a bare state dict: those of convolutions and linear layers, first and last layer
/// included as in Sparse Model Soups; never biases, norms or embeddings.
/// </summary>
/// <remarks>
/// A state dict does not say which layer a tensor belongs to, so the rule is by form: floating point, rank ≥ 2, named <c>weight</c> or
/// <c>….weight</c>, with no path segment that names an embedding or a norm. Norm weights have rank 1 and fail by rank already.
/// </remarks>
public static class PrunableTensors
{
    private static readonly string[] Excluded = ["embed", "norm", "wte", "wpe"];

    /// <summary>The prunable tensors in ordinal name order.</summary>
    /// <param name="tensors">All tensors of the state dict.</param>
    /// <param name="exclude">Glob patterns over whole names, <c>*</c> and <c>?</c>, for example <c>fc3.*</c>.</param>
    public static IReadOnlyList<TensorInfo> Select(IEnumerable<TensorInfo> tensors, IReadOnlyList<string>? exclude = null) =>
        [.. tensors.Where(t => IsPrunable(t) && !IsExcluded(t.Name, exclude ?? [])).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>Whether the rule takes this tensor.</summary>
    public static bool IsPrunable(TensorInfo tensor) =>
        tensor.IsFloat && tensor.Shape.Length >= 2
        && (tensor.Name == "weight" || tensor.Name.EndsWith(".weight", StringComparison.Ordinal))
        && !tensor.Name.Split('.').Any(NamesEmbeddingOrNorm);

    private static bool NamesEmbeddingOrNorm(string segment) => Excluded.Any(word => segment.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsExcluded(string name, IReadOnlyList<string> patterns) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: false));
}
