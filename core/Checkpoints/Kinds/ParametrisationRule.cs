namespace SparsePipeline.Checkpoints;

/// <summary>Recognises weights that PyTorch computes from other tensors: pruning masks, weight norm, spectral norm and the like.</summary>
/// <remarks>The computed weight itself is never in such a state dict; where it is, the names mean something else.</remarks>
internal static class ParametrisationRule
{
    private const string Segment = "parametrizations.";

    public static KindFinding? Find(TensorNames names) => names.All.Select(t => Find(names, t)).FirstOrDefault(f => f is not null);

    private static KindFinding? Find(TensorNames names, TensorInfo tensor)
    {
        if (Stem(names, tensor, "_orig") is { } pruned && names.Find(pruned + "_mask") is { } mask && SameShape(tensor, mask))
            return Of(CheckpointKind.MaskedParametrisation, tensor, mask);
        if (Stem(names, tensor, "_g") is { } normed && names.Find(normed + "_v") is { } direction && AreNormAndDirection(tensor, direction))
            return Of(CheckpointKind.WeightNorm, tensor, direction);
        if (Stem(names, tensor, "_orig") is { } spectral && names.Find(spectral + "_u") is { Shape.Length: 1 } vector)
            return Of(CheckpointKind.Parametrisation, tensor, vector);
        return Registered(names, tensor);
    }

    /// <summary>Those of <c>torch.nn.utils.parametrize</c>: <c>parametrizations.weight.original</c>, or <c>original0</c> and <c>original1</c>.</summary>
    private static KindFinding? Registered(TensorNames names, TensorInfo tensor)
    {
        var (module, leaf) = TensorNames.Split(tensor.Name);
        if (leaf is not ("original" or "original0") || !IsRegistered(module))
            return null;
        return names.Find(module + "original1") is { } second
            ? Of(AreNormAndDirection(tensor, second) ? CheckpointKind.WeightNorm : CheckpointKind.Parametrisation, tensor, second)
            : new KindFinding(CheckpointKind.Parametrisation, $"'{tensor.Name}' is what a weight is computed from");
    }

    private static bool IsRegistered(string module) =>
        module.StartsWith(Segment, StringComparison.Ordinal) || module.Contains("." + Segment, StringComparison.Ordinal);

    private static string? Stem(TensorNames names, TensorInfo tensor, string ending) =>
        tensor.IsFloat && tensor.Name.EndsWith(ending, StringComparison.Ordinal) && !names.Has(tensor.Name[..^ending.Length])
            ? tensor.Name[..^ending.Length]
            : null;

    private static bool SameShape(TensorInfo a, TensorInfo b) => a.Shape.AsSpan().SequenceEqual(b.Shape.AsSpan());

    // g has one number per slice of v along one dimension and 1 in all others, or is a single number.
    private static bool AreNormAndDirection(TensorInfo g, TensorInfo v) =>
        v.IsFloat && v.Shape.Length >= 2 && g.Count < v.Count && (g.Shape.IsEmpty || IsOneDimensionOf(g.Shape.AsSpan(), v.Shape.AsSpan()));

    private static bool IsOneDimensionOf(ReadOnlySpan<long> norms, ReadOnlySpan<long> directions)
    {
        if (norms.Length != directions.Length)
            return false;
        var sliced = 0;
        for (var i = 0; i < norms.Length; i++)
        {
            if (norms[i] != 1 && norms[i] != directions[i])
                return false;
            sliced += norms[i] == 1 ? 0 : 1;
        }

        return sliced <= 1;
    }

    private static KindFinding Of(CheckpointKind kind, TensorInfo first, TensorInfo second) =>
        new(kind, $"a weight is computed from '{first.Name}' and '{second.Name}'");
}
