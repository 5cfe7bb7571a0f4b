using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Counts scores by one half of their 32 bits; the bits of non-negative floats are ordered as the floats are.</summary>
internal static class HalfHistogram
{
    public const int Bins = 1 << 16;

    /// <summary>Counts all scores by their upper 16 bits; negative ones fall into the upper half of the bins.</summary>
    public static void Upper(ReadOnlySpan<float> scores, Span<long> histogram)
    {
        foreach (var bits in MemoryMarshal.Cast<float, uint>(scores))
            histogram[(int)(bits >> 16)]++;
    }

    /// <summary>Counts by their lower 16 bits the scores whose upper 16 bits are <paramref name="upper"/>.</summary>
    public static void Lower(ReadOnlySpan<float> scores, int upper, Span<long> histogram, VectorWidth width = VectorWidth.Widest)
    {
        var bits = MemoryMarshal.Cast<float, uint>(scores);
        var i = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; i <= bits.Length - 16; i += 16)
                CountMatches(bits[i..], Vector512.Equals(Vector512.Create(bits[i..]) >> 16, Vector512.Create((uint)upper)).ExtractMostSignificantBits(), histogram);
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; i <= bits.Length - 8; i += 8)
                CountMatches(bits[i..], Vector256.Equals(Vector256.Create(bits[i..]) >> 16, Vector256.Create((uint)upper)).ExtractMostSignificantBits(), histogram);
        for (; i < bits.Length; i++)
            if (bits[i] >> 16 == (uint)upper)
                histogram[(int)(bits[i] & 0xFFFF)]++;
    }

    private static void CountMatches(ReadOnlySpan<uint> bits, ulong matches, Span<long> histogram)
    {
        for (; matches != 0; matches &= matches - 1)
            histogram[(int)(bits[BitOperations.TrailingZeroCount(matches)] & 0xFFFF)]++;
    }
}
