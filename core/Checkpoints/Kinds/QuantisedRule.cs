namespace SparsePipeline.Checkpoints;

/// <summary>Recognises weights that are stored as codes beside their scales or zero points.</summary>
/// <remarks>
/// A tensor of codes is an integer of up to 32 bits or a float below 16 bits. It counts as quantised only when a companion of a customary name
/// lies beside it, so neither a floating-point weight beside a parameter called <c>scale</c> nor an integer buffer alone is taken for one.
/// Names seen: GPTQ and AWQ (<c>qweight</c>, <c>qzeros</c>, <c>scales</c>), bitsandbytes (<c>weight.absmax</c>, <c>SCB</c>), compressed-tensors
/// (<c>weight_packed</c>, <c>weight_scale</c>), torchao (<c>weight_qdata</c>), block formats (<c>…_blocks</c>, <c>…_scales</c>), 8-bit floats
/// (<c>weight_scale_inv</c>, <c>scale_weight</c>), HQQ (<c>W_q</c>, <c>scale</c>, <c>zero</c>).
/// </remarks>
internal static class QuantisedRule
{
    private static readonly string[] Suffixes = ["_packed", "_qdata", ".qdata", ":qdata", "_blocks", "_quantized"];
    private static readonly string[] Companions = ["scale", "scales", "scale_inv", "absmax", "SCB", "zero_point", "zero_points"];

    /// <summary>In the module of a tensor that is named like a weight these belong to it.</summary>
    private static readonly string[] OfModule = ["scale", "scales", "SCB", "zero", "zeros", "zero_point", "qzeros"];

    private static readonly HashSet<string> Weights = new(["weight", "qweight", "weight_packed", "w_q"], StringComparer.OrdinalIgnoreCase);

    public static string? Evidence(TensorNames names)
    {
        foreach (var codes in names.All.Where(t => IsCodes(t.Type) && t.Shape.Length > 0))
        {
            if (Candidates(codes.Name).FirstOrDefault(names.Has) is { } scale)
                return $"'{codes.Name}' is {codes.TypeName} and belongs to '{scale}'";
        }

        return null;
    }

    private static bool IsCodes(TensorType type) => type.BitSize() is > 0 and <= 32 && !type.IsFloat() && type != TensorType.Bool;

    private static IEnumerable<string> Candidates(string name)
    {
        var stem = Suffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.Ordinal)) is { } suffix ? name[..^suffix.Length] : name;
        foreach (var companion in Companions)
            foreach (var separator in (char[])['_', '.', ':'])
                yield return $"{stem}{separator}{companion}";
        var (module, leaf) = TensorNames.Split(name);
        yield return $"{module}scale_{leaf}";
        if (Weights.Contains(leaf))
            foreach (var companion in OfModule)
                yield return module + companion;
    }
}
