using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The scores of <see cref="LampAllocation"/> for one layer.</summary>
internal static class LampScores
{
    /// <summary>Scores in [0, 1], ascending, one per weight that no earlier cut pruned; the last is infinite when a magnitude is not finite.</summary>
    public static float[] Of(IScoreSource scores, int tensor)
    {
        var values = Remaining(scores, tensor);
        Array.Sort(values);
        // NaN sorts first and infinity last.
        if (values.Length > 0 && !(float.IsFinite(values[0]) && float.IsFinite(values[^1])))
        {
            values[^1] = float.PositiveInfinity;
            return values;
        }

        // In 64 bits no square of a 32-bit float under- or overflows.
        double sum = 0;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            var square = (double)values[i] * values[i];
            sum += square;
            values[i] = sum == 0 ? 0 : (float)(square / sum);
        }

        return values;
    }

    private static float[] Remaining(IScoreSource scores, int tensor)
    {
        var values = new float[scores.Tensors[tensor].Remaining];
        var scratch = new float[Chunk.Block];
        var count = 0;
        foreach (var block in Chunk.Split([(tensor, scores.Tensors[tensor].Total)]).SelectMany(c => c.Blocks()))
        {
            var run = scratch.AsSpan(0, block.Count);
            scores.Read(tensor, block.Start, run);
            foreach (var score in run)
                if (!(score < 0))
                    values[count++] = score;
        }

        return values;
    }
}
