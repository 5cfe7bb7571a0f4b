using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Decides which tensors are packed and counts what each keeps, since a header comes before its data.</summary>
internal static class PackPlan
{
    public static IReadOnlyList<PackedTensor> Of(StateDict source, SparsityMask? mask)
    {
        if (source.Tensors.FirstOrDefault(t => t.Name.EndsWith(PackedNames.Compressed, StringComparison.Ordinal)) is { } part)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"{Path.GetFileName(source.Path)} cannot be packed: tensor '{part.Name}' has a name of the packed form.",
                "Unpack it first; packing twice gains nothing. A layer of that name has to be renamed.");
        if (mask is null)
            return Distinct(source, PrunableTensors.Select(source.Tensors).Select(t => PackedTensor.Of(t, CountNonZeros(source, t))));
        MaskFit.Ensure(source, mask);
        return Distinct(source, mask.Tensors.Select(m => PackedTensor.Of(source.Find(m.Name)!, m.Kept)));
    }

    // 'weight.weight' and 'weight' would share a prefix, and 'grid.shape' may be a tensor of its own: what would take a name that is taken stays as it is.
    private static List<PackedTensor> Distinct(StateDict source, IEnumerable<PackedTensor> tensors) =>
        [.. tensors.Where(t => !PackedNames.Parts(t.Prefix).Any(p => source.Find(p) is not null)).DistinctBy(t => t.Prefix)];

    private static long CountNonZeros(StateDict source, TensorInfo tensor)
    {
        var (count, size) = (0L, tensor.Type.ByteSize());
        var buffer = new ulong[TensorPieces.Size / 64];
        foreach (var (start, length) in TensorPieces.Of(tensor.Count))
        {
            var words = buffer.AsSpan(0, TensorMask.WordsFor(length));
            ZeroBits.NonZeros(tensor.Type, source.Bytes(tensor.Name, start * size, length * size), words);
            count += BitCount.Of(words);
            source.Release(tensor.Name, start, length);
        }

        return count;
    }
}
