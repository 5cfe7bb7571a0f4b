using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification;

/// <summary>Holds a mask against the tensors it is to be used with.</summary>
internal static class MaskFit
{
    /// <summary>The mask covers exactly these tensors.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>, naming every tensor that differs (at most five).</exception>
    public static void Check(SparsityMask mask, IReadOnlyList<TensorInfo> tensors, string what)
    {
        var uncovered = tensors.Where(t => mask.Find(t.Name) is null).Select(t => $"'{t.Name}' is not in it");
        Refuse(what, [.. uncovered, .. Misfits(mask, tensors)]);
    }

    /// <summary>Every tensor of the mask is there in its shape; tensors without a mask are kept whole.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>.</exception>
    public static void CheckWithin(SparsityMask mask, IReadOnlyList<TensorInfo> tensors, string what) =>
        Refuse(what, [.. Misfits(mask, tensors)]);

    private static IEnumerable<string> Misfits(SparsityMask mask, IReadOnlyList<TensorInfo> tensors)
    {
        var byName = tensors.ToDictionary(t => t.Name);
        foreach (var masked in mask.Tensors)
            if (!byName.TryGetValue(masked.Name, out var tensor))
                yield return $"'{masked.Name}' is in it, but is no such tensor here";
            else if (!tensor.Shape.AsSpan().SequenceEqual(masked.Shape.AsSpan()))
                yield return $"'{masked.Name}' is [{string.Join(", ", masked.Shape)}] in it and [{string.Join(", ", tensor.Shape)}] here";
    }

    private static void Refuse(string what, List<string> misfits)
    {
        if (misfits.Count > 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"The {what} belongs to another structure: {string.Join("; ", misfits.Take(5))}{(misfits.Count > 5 ? $"; and {misfits.Count - 5} more" : "")}.",
                "Give the mask that was computed for this model with the same exclude patterns.");
    }
}
