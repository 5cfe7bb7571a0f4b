namespace SparsePipeline.Checkpoints;

/// <summary>Reads where a tensor is not zero, in pieces.</summary>
internal static class ZeroPattern
{
    /// <summary>As <see cref="Scan"/>; null where elements are no whole bytes and so cannot be told from each other.</summary>
    public static long? Count(StateDict file, TensorInfo tensor, MaskDigest? digest) =>
        tensor.Type.HasWholeBytes() ? Scan(file, tensor, digest) : null;

    /// <summary>Counts elements that are not zero, and appends their bits to a digest where one is given.</summary>
    public static long Scan(StateDict file, TensorInfo tensor, MaskDigest? digest)
    {
        digest?.BeginTensor(tensor.Name, tensor.Shape.AsSpan());
        var (size, nonZero) = (tensor.Type.ByteSize(), 0L);
        var buffer = new ulong[TensorMask.WordsFor(Math.Min(tensor.Count, TensorPieces.Size))];
        foreach (var (start, count) in TensorPieces.Of(tensor.Count))
        {
            var words = buffer.AsSpan(0, TensorMask.WordsFor(count));
            ZeroBits.NonZeros(tensor.Type, file.Bytes(tensor.Name, start * size, count * size), words);
            digest?.AppendBits(words);
            nonZero += BitCount.Of(words);
            file.Release(tensor.Name, start, count);
        }

        return nonZero;
    }

    /// <summary>Appends the stored bits of a packed tensor to a digest.</summary>
    public static void AppendStored(PackedFile packed, PackedTensor tensor, MaskDigest digest)
    {
        digest.BeginTensor(tensor.Dense.Name, tensor.Dense.Shape.AsSpan());
        var rows = new RowBitsReader(packed.Bitmask(tensor), tensor.Columns);
        var buffer = new ulong[TensorMask.WordsFor(Math.Min(tensor.Dense.Count, TensorPieces.Size))];
        foreach (var (_, count) in TensorPieces.Of(tensor.Dense.Count))
        {
            var words = buffer.AsSpan(0, TensorMask.WordsFor(count));
            rows.Read(words, count);
            digest.AppendBits(words);
        }
    }
}
