namespace SparsePipeline.Checkpoints;

/// <summary>Splits a whole number in proportion to weights, with a cap on every share.</summary>
/// <remarks>
/// Largest remainder (Hamilton's method), lower index first among equals; what a cap cuts off goes to the shares below
/// theirs, again in proportion. Any allocation that starts from a density per layer (uniform, Erdős–Rényi…) needs just this.
/// </remarks>
public static class Apportionment
{
    /// <summary>Shares that add up to <paramref name="total"/>, none above its cap.</summary>
    /// <param name="total">At most the sum of <paramref name="caps"/>.</param>
    /// <param name="weights">One per share, greater than 0.</param>
    /// <param name="caps">Upper bounds, one per share.</param>
    public static long[] Split(long total, IReadOnlyList<double> weights, IReadOnlyList<long> caps)
    {
        var shares = new long[weights.Count];
        var open = Enumerable.Range(0, weights.Count).ToList();
        var left = total;
        while (left > 0 && open.Count > 0)
        {
            // Only a share that exceeds its cap under the present proportions is closed; the others are computed afresh.
            var ideal = left / open.Sum(i => weights[i]);
            var capped = open.Where(i => weights[i] * ideal >= caps[i]).ToList();
            if (capped.Count == 0)
                return LargestRemainder(left, ideal, open, weights, shares);
            foreach (var i in capped)
                left -= shares[i] = Math.Min(caps[i], left);
            open = [.. open.Except(capped)];
        }
        return shares;
    }

    private static long[] LargestRemainder(long left, double ideal, List<int> open, IReadOnlyList<double> weights, long[] shares)
    {
        foreach (var i in open)
            left -= shares[i] = (long)(weights[i] * ideal);
        foreach (var i in open.OrderByDescending(i => (weights[i] * ideal) - shares[i]).Take((int)left))
            shares[i]++;
        return shares;
    }
}
