using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Reads scores as the type a generic algorithm was made for: <c>float</c>, or <c>double</c> where <see cref="IScoreSource.IsWide"/>.</summary>
internal static class ScoreReading
{
    public static void Read<T>(this IScoreSource scores, int tensor, long start, Span<T> run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            scores.Read(tensor, start, MemoryMarshal.Cast<T, double>(run));
        else
            scores.Read(tensor, start, MemoryMarshal.Cast<T, float>(run));
    }

    /// <summary>The bits of a score from 0 up, which are ordered as the scores are.</summary>
    public static long Bits<T>(T score)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(double)
            ? BitConverter.DoubleToInt64Bits(double.CreateTruncating(score))
            : BitConverter.SingleToInt32Bits(float.CreateTruncating(score));
}
