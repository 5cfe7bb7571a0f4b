namespace SparsePipeline.Checkpoints;

/// <summary>Unpacks the tensors of one packed file into one checkpoint, in pieces.</summary>
internal sealed class TensorUnpacker(PackedFile source, StateDictWriter target)
{
    private readonly ulong[] _words = new ulong[TensorPieces.Size / 64];
    private readonly byte[] _elements = new byte[TensorPieces.Size * sizeof(double)];

    /// <summary>Scatters the stored values to the bits of the given mask, or without one to those of the file.</summary>
    public void Unpack(PackedTensor tensor, TensorMask? mask)
    {
        var rows = new RowBitsReader(mask is null ? source.Bitmask(tensor) : [], tensor.Columns);
        var (size, read) = (tensor.Dense.Type.ByteSize(), 0L);
        foreach (var (start, count) in TensorPieces.Of(tensor.Dense.Count))
        {
            var words = _words.AsSpan(0, TensorMask.WordsFor(count));
            if (mask is null)
                rows.Read(words, count);
            else
                mask.Words.Slice((int)(start / 64), words.Length).CopyTo(words);
            var kept = (int)BitCount.Of(words);
            var elements = _elements.AsSpan(0, count * size);
            elements.Clear();
            ValueMoves.Scatter(size, source.File.Bytes(tensor.Compressed, read * size, kept * size), words, elements);
            target.WriteBytes(tensor.Dense.Name, start * size, elements);
            read += kept;
        }
    }
}
