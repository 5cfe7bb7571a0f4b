using System.Numerics;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Checks that pruned weights are exact zeros.</summary>
internal static class MaskedZeros
{
    /// <summary>Index of the first number that is not zero although its mask bit is 0, or −1.</summary>
    /// <param name="values">Numbers; the bit of number i is bit i % 64 of word i / 64.</param>
    /// <param name="words">The mask's words from the one that holds the bit of <c>values[0]</c>.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static int FirstViolation(ReadOnlySpan<float> values, ReadOnlySpan<ulong> words, VectorWidth width = VectorWidth.Widest)
    {
        for (var start = 0; start < values.Length; start += 64)
        {
            var wrong = NonZeros(values.Slice(start, Math.Min(64, values.Length - start)), width) & ~words[start / 64];
            if (wrong != 0)
                return start + BitOperations.TrailingZeroCount(wrong);
        }
        return -1;
    }

    private static ulong NonZeros(ReadOnlySpan<float> run, VectorWidth width)
    {
        ulong zeros = 0;
        var i = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; i <= run.Length - 16; i += 16)
                zeros |= Vector512.Equals(Vector512.Create(run[i..]), Vector512<float>.Zero).ExtractMostSignificantBits() << i;
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; i <= run.Length - 8; i += 8)
                zeros |= (ulong)Vector256.Equals(Vector256.Create(run[i..]), Vector256<float>.Zero).ExtractMostSignificantBits() << i;
        for (; i < run.Length; i++)
            zeros |= (run[i] == 0 ? 1UL : 0) << i;
        return ~zeros & (run.Length == 64 ? ulong.MaxValue : (1UL << run.Length) - 1);
    }
}
