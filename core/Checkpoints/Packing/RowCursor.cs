using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Walks a bitmask whose rows begin at byte borders, in runs that stay within one row and one 64-bit load.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RowCursor(long columns)
{
    private readonly long _rowBytes = PackedTensor.BytesPerRow(columns);
    private long _row;
    private long _column;

    /// <summary>The next run of at most <paramref name="wanted"/> bits: its first byte, the bit within that byte, its length.</summary>
    public (int At, int Shift, int Take) Step(int wanted)
    {
        var (at, shift) = (checked((int)(_row * _rowBytes + _column / 8)), (int)(_column % 8));
        var take = (int)Math.Min(Math.Min(wanted, 64 - shift), columns - _column);
        _column += take;
        if (_column == columns)
            (_row, _column) = (_row + 1, 0);
        return (at, shift, take);
    }

    /// <summary>The lowest bits of a word; 1 to 64 of them.</summary>
    public static ulong Lowest(ulong word, int bits) => word & ulong.MaxValue >> (64 - bits);
}
