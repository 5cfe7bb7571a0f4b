using System.Numerics;
using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Packs the tensors of one checkpoint into one file, in pieces.</summary>
internal sealed class TensorPacker(StateDict source, StateDictWriter target, bool withBitmask)
{
    private readonly ulong[] _words = new ulong[TensorPieces.Size / 64];
    private readonly byte[] _values = new byte[TensorPieces.Size * sizeof(double)];

    /// <summary>The stored bits are those of the mask, or without one those of all elements that are not zero.</summary>
    /// <exception cref="DomainException">An element outside the mask would be lost.</exception>
    public void Pack(PackedTensor tensor, TensorMask? mask)
    {
        MemoryMarshal.AsBytes(tensor.Dense.Shape.AsSpan()).CopyTo(target.Bytes(tensor.Shape, 0, tensor.Dense.Shape.Length * sizeof(long)));
        var rows = new RowBitsWriter(withBitmask ? target.Bytes(tensor.Bitmask, 0, tensor.BitmaskLength) : [], tensor.Columns);
        var (size, written) = (tensor.Dense.Type.ByteSize(), 0L);
        foreach (var (start, count) in TensorPieces.Of(tensor.Dense.Count))
        {
            var elements = source.Bytes(tensor.Dense.Name, start * size, count * size);
            var words = WordsOf(tensor.Dense, start, elements, mask);
            var kept = (int)BitCount.Of(words);
            var values = _values.AsSpan(0, kept * size);
            ValueMoves.Gather(size, elements, words, values);
            target.WriteBytes(tensor.Compressed, written * size, values);
            if (withBitmask)
                rows.Write(words, count);
            source.Release(tensor.Dense.Name, start, count);
            written += kept;
        }
    }

    private ReadOnlySpan<ulong> WordsOf(TensorInfo tensor, long start, ReadOnlySpan<byte> elements, TensorMask? mask)
    {
        var words = _words.AsSpan(0, TensorMask.WordsFor(elements.Length / tensor.Type.ByteSize()));
        ZeroBits.NonZeros(tensor.Type, elements, words);
        if (mask is null)
            return words;
        var masked = mask.Words.Slice((int)(start / 64), words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            if ((words[i] & ~masked[i]) is not 0 and var outside)
                throw Lost(tensor.Name, start + i * 64L + BitOperations.TrailingZeroCount(outside));
        }

        return masked;
    }

    private DomainException Lost(string name, long index) => new(
        FailureCodes.MaskMismatch,
        $"'{name}' holds {source.Text(name, index)} at flat index {index}, which the mask prunes; packing under this mask would lose it.",
        "Apply the mask to the checkpoint, or pack without a mask.");
}
