namespace SparsePipeline.Checkpoints;

/// <summary>Holds the values of a packed checkpoint against a mask it need not have been packed under, in pieces.</summary>
internal static class PackedZeros
{
    /// <summary>Flat index of the first pruned position of a packed tensor that is not zero, or −1.</summary>
    /// <param name="packed">A file that carries the bits of this tensor.</param>
    /// <param name="tensor">The packed tensor.</param>
    /// <param name="mask">Its mask, of the tensor's shape.</param>
    public static long FirstViolation(PackedFile packed, PackedTensor tensor, TensorMask mask)
    {
        var rows = new RowBitsReader(packed.Bitmask(tensor), tensor.Columns);
        var (size, read) = (tensor.Dense.Type.ByteSize(), 0L);
        var buffer = new ulong[TensorPieces.Size / 64];
        var elements = new byte[TensorPieces.Size * size];
        foreach (var (start, count) in TensorPieces.Of(tensor.Dense.Count))
        {
            var words = buffer.AsSpan(0, TensorMask.WordsFor(count));
            rows.Read(words, count);
            var stored = (int)BitCount.Of(words);
            var piece = elements.AsSpan(0, count * size);
            piece.Clear();
            ValueMoves.Scatter(size, packed.File.Bytes(tensor.Compressed, read * size, stored * size), words, piece);
            read += stored;
            if (ZeroCheck.FirstViolation(tensor.Dense.Type, piece, mask.Words[(int)(start / 64)..]) is var at and >= 0)
                return start + at;
        }

        return -1;
    }
}
