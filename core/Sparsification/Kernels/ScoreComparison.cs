using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Compares scores with a threshold by their bits: whole-number order equals float order from 0 up, and −1 is below all.</summary>
internal static class ScoreComparison
{
    /// <summary>Sets the bit of every score above the threshold; returns how many scores are exactly at it.</summary>
    /// <param name="scores">Scores of consecutive weights, the first at bit 0 of <c>words[0]</c>.</param>
    /// <param name="threshold">Bits of the threshold score.</param>
    /// <param name="words">Receives one bit per score; the unused bits of the last word are 0.</param>
    public static int Above(ScoreRun scores, int threshold, Span<ulong> words, VectorWidth width = VectorWidth.Widest)
    {
        var bits = MemoryMarshal.Cast<float, int>(scores.Values);
        var (word, ties) = (0, 0);
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; word < bits.Length / 64; word++)
            {
                words[word] = Word512(bits.Slice(word * 64, 64), Vector512.Create(scores.Significant), Vector512.Create(threshold), out var equal);
                ties += BitOperations.PopCount(equal);
            }
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; word < bits.Length / 64; word++)
            {
                words[word] = Word256(bits.Slice(word * 64, 64), Vector256.Create(scores.Significant), Vector256.Create(threshold), out var equal);
                ties += BitOperations.PopCount(equal);
            }
        for (; word * 64 < bits.Length; word++)
        {
            words[word] = Word(bits[(word * 64)..], scores.Significant, threshold, out var equal);
            ties += BitOperations.PopCount(equal);
        }
        return ties;
    }

    /// <summary>The first 64 of the rest, or all of it.</summary>
    private static ulong Word(ReadOnlySpan<int> rest, int significant, int threshold, out ulong equal)
    {
        ulong above = 0;
        equal = 0;
        for (var i = 0; i < Math.Min(64, rest.Length); i++)
        {
            above |= ((rest[i] & significant) > threshold ? 1UL : 0) << i;
            equal |= ((rest[i] & significant) == threshold ? 1UL : 0) << i;
        }
        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word512(ReadOnlySpan<int> run, Vector512<int> significant, Vector512<int> threshold, out ulong equal)
    {
        ulong above = 0;
        equal = 0;
        for (var i = 0; i < 64; i += 16)
        {
            var values = Vector512.Create(run[i..]) & significant;
            above |= Vector512.GreaterThan(values, threshold).ExtractMostSignificantBits() << i;
            equal |= Vector512.Equals(values, threshold).ExtractMostSignificantBits() << i;
        }
        return above;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word256(ReadOnlySpan<int> run, Vector256<int> significant, Vector256<int> threshold, out ulong equal)
    {
        ulong above = 0;
        equal = 0;
        for (var i = 0; i < 64; i += 8)
        {
            var values = Vector256.Create(run[i..]) & significant;
            above |= (ulong)Vector256.GreaterThan(values, threshold).ExtractMostSignificantBits() << i;
            equal |= (ulong)Vector256.Equals(values, threshold).ExtractMostSignificantBits() << i;
        }
        return above;
    }
}
