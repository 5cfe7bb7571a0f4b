using System.IO.Enumeration;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Selects the weights that pruning may touch from a bare state dict: those of convolutions and linear layers, first and last layer
/// included as in Sparse Model Soups; never biases, norms or embeddings.
/// </summary>
/// <remarks>
/// A state dict does not say which kind of layer a tensor belongs to, so the rule is by form and custom: floating point, rank ≥ 2,
/// named <c>weight</c> or <c>….weight</c>, and its module (the segment before <c>.weight</c>) named neither like a norm
/// (<c>norm2</c>, <c>final_layer_norm</c>, <c>ln_f</c>, <c>bn1</c>) nor, at rank 2, like an embedding (<c>word_embeddings</c>,
/// <c>embed_tokens</c>, <c>wte</c>). What custom does not catch, exclude by pattern.
/// </remarks>
public static class PrunableTensors
{
    private const string Suffix = ".weight";
    private static readonly string[] NormEndings = ["norm", "ln", "bn"];
    private static readonly string[] EmbeddingEndings =
        ["embed", "embedding", "embeddings", "emb", "wte", "wpe", "embed_tokens", "embed_positions"];

    /// <summary>The prunable tensors in ordinal name order.</summary>
    /// <param name="tensors">All tensors of the state dict.</param>
    /// <param name="exclude">Glob patterns over whole names, <c>*</c> and <c>?</c>, for example <c>fc3.*</c>.</param>
    public static IReadOnlyList<TensorInfo> Select(IEnumerable<TensorInfo> tensors, IReadOnlyList<string>? exclude = null) =>
        [.. tensors.Where(t => IsPrunable(t) && !IsExcluded(t.Name, exclude ?? [])).OrderBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>Whether the rule takes this tensor.</summary>
    public static bool IsPrunable(TensorInfo tensor)
    {
        if (!tensor.IsFloat || tensor.Shape.Length < 2 || !IsWeight(tensor.Name))
            return false;
        var module = ModuleOf(tensor.Name);
        return !IsNorm(module) && !(tensor.Shape.Length == 2 && EndsWithAny(module, EmbeddingEndings));
    }

    private static bool IsWeight(string name) => name == "weight" || name.EndsWith(Suffix, StringComparison.Ordinal);

    private static ReadOnlySpan<char> ModuleOf(string name)
    {
        var path = name.AsSpan(0, Math.Max(0, name.Length - Suffix.Length));
        return path[(path.LastIndexOf('.') + 1)..].TrimEnd("0123456789_");
    }

    private static bool IsNorm(ReadOnlySpan<char> module) =>
        EndsWithAny(module, NormEndings) || module.StartsWith("ln_", StringComparison.OrdinalIgnoreCase);

    private static bool EndsWithAny(ReadOnlySpan<char> module, string[] endings)
    {
        foreach (var ending in endings)
        {
            if (module.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool IsExcluded(string name, IReadOnlyList<string> patterns) =>
        patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, name, ignoreCase: false));
}
