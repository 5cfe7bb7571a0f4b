using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Counts scores by one half of their 32 bits; the bits of non-negative floats are ordered as the floats are.</summary>
internal static class HalfHistogram
{
    public const int Bins = 1 << 16;

    /// <summary>Counts all scores by their upper 16 bits; negative ones fall into the upper half of the bins.</summary>
    public static void Upper(ScoreRun scores, Span<long> histogram)
    {
        var significant = (uint)scores.Significant;
        foreach (var bits in MemoryMarshal.Cast<float, uint>(scores.Values))
            histogram[(int)((bits & significant) >> 16)]++;
    }

    /// <summary>Counts by their lower 16 bits the scores whose upper 16 bits are <paramref name="upper"/>.</summary>
    public static void Lower(ScoreRun scores, int upper, Span<long> histogram, VectorWidth width = VectorWidth.Widest)
    {
        var bits = MemoryMarshal.Cast<float, uint>(scores.Values);
        var significant = (uint)scores.Significant & 0xFFFF_0000;
        var wanted = (uint)upper << 16;
        var i = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; i <= bits.Length - 16; i += 16)
                CountMatches(bits[i..], Vector512.Equals(Vector512.Create(bits[i..]) & Vector512.Create(significant), Vector512.Create(wanted)).ExtractMostSignificantBits(), histogram);
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; i <= bits.Length - 8; i += 8)
                CountMatches(bits[i..], Vector256.Equals(Vector256.Create(bits[i..]) & Vector256.Create(significant), Vector256.Create(wanted)).ExtractMostSignificantBits(), histogram);
        for (; i < bits.Length; i++)
            if ((bits[i] & significant) == wanted)
                histogram[(int)(bits[i] & 0xFFFF)]++;
    }

    private static void CountMatches(ReadOnlySpan<uint> bits, ulong matches, Span<long> histogram)
    {
        for (; matches != 0; matches &= matches - 1)
            histogram[(int)(bits[BitOperations.TrailingZeroCount(matches)] & 0xFFFF)]++;
    }
}
