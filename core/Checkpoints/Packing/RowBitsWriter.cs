using System.Buffers.Binary;

namespace SparsePipeline.Checkpoints;

/// <summary>Appends bits in the flat order of elements to a bitmask of padded rows that was zero.</summary>
internal ref struct RowBitsWriter(Span<byte> bitmask, long columns)
{
    private readonly Span<byte> _bitmask = bitmask;
    private RowCursor _cursor = new(columns);

    public void Write(ReadOnlySpan<ulong> words, int count)
    {
        for (var i = 0; i < words.Length; i++)
            Write(words[i], Math.Min(64, count - i * 64));
    }

    private void Write(ulong bits, int count)
    {
        for (var written = 0; written < count;)
        {
            var (at, shift, take) = _cursor.Step(count - written);
            Merge(_bitmask[at..], RowCursor.Lowest(bits >> written, take) << shift);
            written += take;
        }
    }

    private static void Merge(Span<byte> bytes, ulong bits)
    {
        if (bytes.Length >= sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, BinaryPrimitives.ReadUInt64LittleEndian(bytes) | bits);
        else
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] |= (byte)(bits >> (8 * i));
    }
}
