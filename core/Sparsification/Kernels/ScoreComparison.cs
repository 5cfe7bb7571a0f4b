using System.Numerics;
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
        var ties = 0;
        for (var word = 0; word * 64 < bits.Length; word++)
        {
            var run = bits.Slice(word * 64, Math.Min(64, bits.Length - (word * 64)));
            words[word] = Word(run, scores.Significant, threshold, width, out var equal);
            ties += BitOperations.PopCount(equal);
        }
        return ties;
    }

    private static ulong Word(ReadOnlySpan<int> run, int significant, int threshold, VectorWidth width, out ulong equal)
    {
        if (run.Length == 64 && Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            return Word512(run, Vector512.Create(significant), Vector512.Create(threshold), out equal);
        if (run.Length == 64 && Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            return Word256(run, Vector256.Create(significant), Vector256.Create(threshold), out equal);
        ulong above = 0;
        equal = 0;
        for (var i = 0; i < run.Length; i++)
        {
            above |= ((run[i] & significant) > threshold ? 1UL : 0) << i;
            equal |= ((run[i] & significant) == threshold ? 1UL : 0) << i;
        }
        return above;
    }

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
