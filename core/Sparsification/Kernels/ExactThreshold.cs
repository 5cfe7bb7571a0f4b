using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>The exact k-th highest score of a group in two passes over it.</summary>
/// <remarks>
/// Radix selection: count by the upper 16 bits, find the bin the k-th score is in, count that bin's scores by their lower 16 bits.
/// O(n) time and 0.5 MB per thread, no sorting and no copy of the weights. Counts are whole numbers, so threads change nothing.
/// </remarks>
internal static class ExactThreshold
{
    private const int LargestFinite = 0x7F7F;
    private const int FirstSpecial = LargestFinite + 1;
    private const int SpecialBins = 0x80;
    private const int SignBin = 0x8000;

    private delegate void Count(ScoreRun run, Span<long> histogram);

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a score is NaN or infinite.</exception>
    public static Threshold Find(IScoreSource scores, CutGroup group)
    {
        if (group.Kept == 0)
            return Threshold.KeepNothing;
        var upper = Histogram(scores, group, HalfHistogram.Upper);
        if (HasSpecials(upper, FirstSpecial) || HasSpecials(upper, SignBin + FirstSpecial))
            NotFiniteScore.Throw(scores, group);
        var (high, above) = Descend(upper, LargestFinite, group.Kept);
        var lower = Histogram(scores, group, (run, counts) => HalfHistogram.Lower(run, high, counts));
        var (low, aboveInBin) = Descend(lower, HalfHistogram.Bins - 1, group.Kept - above);
        return new Threshold((high << 16) | low, group.Kept - above - aboveInBin);
    }

    /// <summary>The bin that holds the k-th score counted from the highest bin down, and the number of scores above that bin.</summary>
    private static (int Bin, long Above) Descend(long[] histogram, int highest, long k)
    {
        long above = 0;
        for (var bin = highest; bin >= 0; above += histogram[bin--])
            if (above + histogram[bin] >= k)
                return (bin, above);
        throw new ArgumentOutOfRangeException(nameof(k), k, $"Only {above} weights are left to keep.");
    }

    /// <summary>Infinity and NaN have all exponent bits set, whatever their sign.</summary>
    private static bool HasSpecials(long[] histogram, int first) => histogram.AsSpan(first, SpecialBins).ContainsAnyExcept(0L);

    private static long[] Histogram(IScoreSource scores, CutGroup group, Count count)
    {
        var total = new long[HalfHistogram.Bins];
        Workers.Run(
            Chunk.Split(group.Tensors.Select(t => (t, scores.Tensors[t].Total))),
            scores.Parallelism,
            () => (Counts: new long[HalfHistogram.Bins], Scratch: new float[Chunk.Block]),
            (chunk, local) =>
            {
                foreach (var block in chunk.Blocks())
                    count(scores.View(block.Tensor, block.Start, local.Scratch.AsSpan(0, block.Count)), local.Counts);
            },
            local =>
            {
                for (var bin = 0; bin < total.Length; bin++)
                    total[bin] += local.Counts[bin];
            });
        return total;
    }
}
