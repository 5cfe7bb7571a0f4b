using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Validation loss along straight lines between candidates: linear mode connectivity.</summary>
/// <remarks>
/// Frankle et al., "Linear Mode Connectivity and the Lottery Ticket Hypothesis", ICML 2020, arXiv 1912.05671. They take the barrier
/// against the mean of both ends; we take it against the straight line between them, so that ends of unequal loss make no barrier.
/// BatchNorm is recalibrated at every point, ends included.
/// </remarks>
internal static class LossLines
{
    /// <summary>Up to this many candidates every pair gets a line; above it only neighbours in the order offered do.</summary>
    private const int AllPairsUpTo = 3;

    public static async Task<IReadOnlyList<LossLine>> DrawAsync(int candidates, int points, Kitchen kitchen, CancellationToken cancellationToken)
    {
        var lines = new List<LossLine>();
        if (points >= 2)
            foreach (var (from, to) in Pairs(candidates))
                lines.Add(await DrawAsync(from, to, points, kitchen, cancellationToken));
        return lines;
    }

    internal static IEnumerable<(int From, int To)> Pairs(int candidates) =>
        from i in Enumerable.Range(0, candidates)
        from j in Enumerable.Range(i + 1, candidates - i - 1)
        where candidates <= AllPairsUpTo || j == i + 1
        select (i, j);

    internal static double Barrier(IReadOnlyList<double> positions, IReadOnlyList<double> losses) =>
        positions.Zip(losses, (t, loss) => loss - (((1 - t) * losses[0]) + (t * losses[^1]))).Append(0).Max();

    private static async Task<LossLine> DrawAsync(int from, int to, int points, Kitchen kitchen, CancellationToken cancellationToken)
    {
        double[] positions = [.. Enumerable.Range(0, points).Select(i => (double)i / (points - 1))];
        var scores = await Task.WhenAll(positions.Select(t => t switch
        {
            0 => kitchen.ScoreAsync([from], cancellationToken),
            1 => kitchen.ScoreAsync([to], cancellationToken),
            _ => kitchen.ScoreAsync([from, to], [1 - t, t], cancellationToken),
        }));
        double[] losses = [.. scores.Select(s => s.Loss)];
        return new LossLine(from, to, positions, losses, Barrier(positions, losses));
    }
}
