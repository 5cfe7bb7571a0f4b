using System.Text.RegularExpressions;

namespace SparsePipeline.Checkpoints;

/// <summary>Guesses what a tensor of a bare state dict is, which says names, types and shapes and not which layer a tensor belongs to.</summary>
/// <remarks>
/// By form and custom. A matrix or kernel has two dimensions or more; one that is not named <c>weight</c> needs two of them above 1, so that
/// tokens, gains and steps of shape [1, 1, n] are none. Of modules named like a norm (<c>norm2</c>, <c>ln_f</c>, <c>bn1</c>) nothing is a
/// weight; of those named like an embedding (<c>wte</c>, <c>embed_tokens</c>, T5's <c>shared</c>) no matrix is. Where a parameter has a name
/// of its own (<c>weight_ih_l0</c>, <c>in_proj_weight</c>, <c>kernel</c>, <c>gate_up_proj</c>) the words in it decide: <c>pos_embed</c>,
/// <c>cls_token</c>, <c>relative_position_bias_table</c>, <c>cos_cached</c>, <c>anchors</c> are no weights, nor is what a module of positions
/// keeps under any other name but weight, kernel or LoRA's.
/// </remarks>
internal static partial class RoleByName
{
    private const string Weight = "weight";
    private static readonly string[] NormEndings = ["norm", "ln", "bn"];
    private static readonly string[] EmbeddingEndings = ["embed", "embedding", "embeddings", "emb", "embed_tokens", "embed_in", "wte"];
    private static readonly string[] PositionEndings = ["wpe", "embed_positions", "attention_bias", "position_bias"];
    private static readonly HashSet<string> PositionWords = ["pos", "position", "positions", "positional", "freqs"];
    private static readonly HashSet<string> TableWords = [.. PositionWords, "pe", "freq", "sin", "cos", "coords", "anchor", "anchors"];
    private static readonly HashSet<string> WeightWords = [Weight, "kernel", "lora"];
    private static readonly HashSet<string> EmbeddingWords = ["embed", "embedding", "embeddings", "emb", "embedder", "codebook"];
    private static readonly HashSet<string> NormWords = ["norm", "running", "gamma", "beta"];
    private static readonly HashSet<string> OtherWords = ["token", "tokens", "scale", "scales", "mask", "log", "decay", "tril", "queue"];

    public static TensorRole Of(TensorInfo tensor)
    {
        if (!tensor.IsFloat || tensor.Shape.Length < 2)
            return tensor.Shape.Length == 1 && Words(Leaf(tensor.Name)).Contains("bias") ? TensorRole.Bias : TensorRole.Other;
        var role = OfModule(tensor);
        return role == TensorRole.Weight && Leaf(tensor.Name) != Weight ? OfParameter(tensor) : role;
    }

    private static TensorRole OfModule(TensorInfo tensor)
    {
        var module = Module(tensor.Name);
        if (EndsWithAny(module, NormEndings) || module.StartsWith("ln_", StringComparison.OrdinalIgnoreCase))
            return TensorRole.Norm;
        if (tensor.Shape.Length > 2)
            return TensorRole.Weight;
        return EndsWithAny(module, PositionEndings) || Words(module) is var words && words.Overlaps(PositionWords) && words.Overlaps(EmbeddingWords) ? TensorRole.Position
            : EndsWithAny(module, EmbeddingEndings) || module == "shared" ? TensorRole.Embedding
            : TensorRole.Weight;
    }

    private static TensorRole OfParameter(TensorInfo tensor)
    {
        var words = Words(Leaf(tensor.Name));
        return words.Overlaps(TableWords) || !words.Overlaps(WeightWords) && Words(Module(tensor.Name)).Overlaps(PositionWords) ? TensorRole.Position
            : words.Contains("bias") ? TensorRole.Bias
            : words.Overlaps(EmbeddingWords) ? TensorRole.Embedding
            : words.Overlaps(NormWords) ? TensorRole.Norm
            : words.Overlaps(OtherWords) || tensor.Shape.Count(d => d > 1) < 2 ? TensorRole.Other
            : TensorRole.Weight;
    }

    private static string Leaf(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>The segment before the last, without a number at its end.</summary>
    private static string Module(string name)
    {
        var path = name[..Math.Max(0, name.LastIndexOf('.'))];
        return path[(path.LastIndexOf('.') + 1)..].TrimEnd([.. "0123456789_"]);
    }

    private static bool EndsWithAny(string module, string[] endings) => endings.Any(e => module.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>The words of <c>weight_ih_l0</c>, <c>posEmbed</c>, <c>cls-token</c>, in lower case and without digits.</summary>
    private static HashSet<string> Words(string segment) => [.. Word().Matches(segment).Select(m => m.Value.ToLowerInvariant())];

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
