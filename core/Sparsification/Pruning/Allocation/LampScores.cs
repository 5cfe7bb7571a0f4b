using System.Numerics;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The scores of <see cref="LampAllocation"/> for one layer.</summary>
internal static class LampScores
{
    /// <summary>Scores in [0, 1], ascending, one per weight that no earlier cut pruned; the last is infinite when a magnitude is not finite.</summary>
    public static T[] Of<T>(IScoreSource scores, int tensor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = Remaining<T>(scores, tensor);
        Array.Sort(values);
        // NaN sorts first and infinity last.
        if (values.Length > 0 && !(T.IsFinite(values[0]) && T.IsFinite(values[^1])))
        {
            values[^1] = T.PositiveInfinity;
            return values;
        }

        // In 64 bits no square of a 32-bit float under- or overflows; 64-bit numbers are taken relative to the largest.
        double sum = 0;
        var unit = typeof(T) == typeof(double) && values.Length > 0 && values[^1] > T.Zero ? double.CreateTruncating(values[^1]) : 1;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var value = double.CreateTruncating(values[i]) / unit;
            var square = value * value;
            sum += square;
            values[i] = sum == 0 ? T.Zero : T.CreateTruncating(square / sum);
        }

        return values;
    }

    private static T[] Remaining<T>(IScoreSource scores, int tensor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[scores.Tensors[tensor].Remaining];
        var scratch = new T[Chunk.Block];
        var count = 0;
        foreach (var block in Chunk.Split([(tensor, scores.Tensors[tensor].Total)]).SelectMany(c => c.Blocks()))
        {
            var run = scratch.AsSpan(0, block.Count);
            scores.Read(tensor, block.Start, run);
            foreach (var score in run)
                if (!(score < T.Zero))
                    values[count++] = score;
        }

        return values;
    }
}
