using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Turns a threshold into masks.</summary>
internal static class MaskBuilder
{
    /// <summary>Sets the bits of the weights that stay: all above the threshold, then ties by flat index in tensor order.</summary>
    public static void Build(IScoreSource scores, CutGroup group, Threshold threshold, IReadOnlyList<ulong[]> masks)
    {
        var chunks = Chunk.Split(group.Tensors.Select(t => (t, scores.Tensors[t].Total)));
        var ties = new int[chunks.Length];
        Workers.RunIndexed(chunks, scores.Parallelism, () => new float[Chunk.Block], (index, scratch) =>
        {
            foreach (var block in chunks[index].Blocks())
                ties[index] += ScoreComparison.Above(View(scores, block, scratch), threshold.Bits, Words(masks, block));
        });
        KeepTies(scores, chunks, ties, threshold, masks);
    }

    /// <summary>In order, so that which ties stay does not depend on threads; only chunks that hold ties are read again.</summary>
    private static void KeepTies(IScoreSource scores, Chunk[] chunks, int[] ties, Threshold threshold, IReadOnlyList<ulong[]> masks)
    {
        var left = threshold.Ties;
        var scratch = new float[Chunk.Block];
        for (var index = 0; index < chunks.Length && left > 0; index++)
        {
            if (ties[index] == 0)
                continue;
            foreach (var block in chunks[index].Blocks())
                left = KeepTies(View(scores, block, scratch), threshold.Bits, left, Words(masks, block));
        }
    }

    private static long KeepTies(ScoreRun run, int threshold, long left, Span<ulong> words)
    {
        for (var i = 0; i < run.Values.Length && left > 0; i++)
        {
            if (run.Bits(i) != threshold)
                continue;
            words[i / 64] |= 1UL << (i % 64);
            left--;
        }
        return left;
    }

    private static ScoreRun View(IScoreSource scores, Chunk block, float[] scratch) =>
        scores.View(block.Tensor, block.Start, scratch.AsSpan(0, block.Count));

    private static Span<ulong> Words(IReadOnlyList<ulong[]> masks, Chunk block) =>
        masks[block.Tensor].AsSpan((int)(block.Start / 64), (block.Count + 63) / 64);
}
