namespace SparsePipeline.Checkpoints;

/// <summary>Recognises the factors of adapters: names that come in pairs and shapes that can be multiplied.</summary>
/// <remarks>
/// Names as PEFT (<c>lora_A</c>, <c>lora_B</c>), diffusers (<c>lora.down</c>, <c>lora.up</c>), kohya (<c>lora_down</c>, <c>lora_up</c>) and
/// LyCORIS (<c>hada_w1_a</c>, <c>lokr_w1</c>) give them. A layer that is merely named <c>lora</c> has no pair and is none.
/// </remarks>
internal static class AdapterRule
{
    /// <summary>Segments of the first and the second factor, and whether their shapes must fit: Kronecker factors always do.</summary>
    private static readonly (string First, string Second, bool Fit)[] Pairs =
    [
        ("lora_A", "lora_B", true),
        ("lora_embedding_A", "lora_embedding_B", true),
        ("lora_down", "lora_up", true),
        ("hada_w1_a", "hada_w1_b", true),
        ("lokr_w1", "lokr_w2", false),
        ("lokr_w1_a", "lokr_w1_b", true),
        ("lokr_w2_a", "lokr_w2_b", true),
        ("lokr_w1", "lokr_w2_a", false),
    ];

    private static readonly string[] LoraModules = ["lora.", "_lora.", "lora_linear_layer."];

    public static string? Evidence(TensorNames names)
    {
        foreach (var tensor in names.All)
        {
            foreach (var (first, second, fit) in Pairs)
                if (tensor.Name.Contains(first, StringComparison.Ordinal) && Pair(names, tensor, TensorNames.Replace(tensor.Name, first, second), fit) is { } found)
                    return found;
            if (DownAndUp(names, tensor) is { } pair)
                return pair;
        }

        return null;
    }

    private static string? DownAndUp(TensorNames names, TensorInfo down)
    {
        var at = down.Name.IndexOf(".down.", StringComparison.Ordinal);
        return at >= 0 && Array.Exists(LoraModules, m => down.Name[..(at + 1)].EndsWith(m, StringComparison.Ordinal))
            ? Pair(names, down, $"{down.Name[..at]}.up.{down.Name[(at + ".down.".Length)..]}", fit: true)
            : null;
    }

    private static string? Pair(TensorNames names, TensorInfo first, string? second, bool fit) =>
        second is not null && names.Find(second) is { } other && (!fit || Multiply(first, other))
            ? $"'{first.Name}' and '{other.Name}' are factors of one change"
            : null;

    // A [r, in] is followed by B [out, r]; LyCORIS multiplies the other way round.
    private static bool Multiply(TensorInfo first, TensorInfo second) =>
        first.Shape.Length >= 2 && second.Shape.Length >= 2 && (first.Shape[0] == second.Shape[1] || first.Shape[1] == second.Shape[0]);
}
