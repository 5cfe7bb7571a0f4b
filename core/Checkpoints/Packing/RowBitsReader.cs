using System.Buffers.Binary;

namespace SparsePipeline.Checkpoints;

/// <summary>Takes bits in the flat order of elements from a bitmask of padded rows.</summary>
internal ref struct RowBitsReader(ReadOnlySpan<byte> bitmask, long columns)
{
    private readonly ReadOnlySpan<byte> _bitmask = bitmask;
    private RowCursor _cursor = new(columns);

    public void Read(Span<ulong> words, int count)
    {
        for (var i = 0; i < words.Length; i++)
            words[i] = Read(Math.Min(64, count - i * 64));
    }

    private ulong Read(int count)
    {
        var bits = 0UL;
        for (var read = 0; read < count;)
        {
            var (at, shift, take) = _cursor.Step(count - read);
            bits |= RowCursor.Lowest(Load(_bitmask[at..]) >> shift, take) << read;
            read += take;
        }

        return bits;
    }

    private static ulong Load(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var bits = 0UL;
        for (var i = 0; i < bytes.Length; i++)
            bits |= (ulong)bytes[i] << (8 * i);
        return bits;
    }
}
