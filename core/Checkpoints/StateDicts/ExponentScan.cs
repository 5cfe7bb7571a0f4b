using System.Numerics;

namespace SparsePipeline.Checkpoints;

/// <summary>A floating-point number is NaN or infinite exactly when all its exponent bits are set.</summary>
internal static class ExponentScan
{
    /// <summary>Index of the first element whose exponent bits are all set, or −1.</summary>
    public static int FirstFull<T>(ReadOnlySpan<T> bits, T exponent)
        where T : unmanaged, IBinaryInteger<T>
    {
        var mask = new Vector<T>(exponent);
        var i = 0;
        while (i <= bits.Length - Vector<T>.Count && !Vector.EqualsAny(new Vector<T>(bits[i..]) & mask, mask))
            i += Vector<T>.Count;
        while (i < bits.Length && (bits[i] & exponent) != exponent)
            i++;
        return i < bits.Length ? i : -1;
    }
}
