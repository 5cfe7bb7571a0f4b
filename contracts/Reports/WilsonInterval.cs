namespace SparsePipeline.Contracts;

/// <summary>
/// The score interval of a proportion (Wilson 1927), at 95 % and without continuity correction: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
/// </summary>
/// <remarks>
/// Unlike p ± z·√(p(1−p)/n) it stays in [0, 1] and does not shrink to a point at p = 0 or 1, which is where accuracies are
/// (Newcombe 1998, Statistics in Medicine 17, 857–872, method 3). It says how far another test split of this size could have been
/// off, not how far another training seed would be.
/// </remarks>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <param name="correct">Examples that are right, 0 to <paramref name="examples"/>.</param>
    /// <param name="examples">Examples in all.</param>
    /// <returns>[0, 1] when there are no examples.</returns>
    public static Interval Of(double correct, long examples)
    {
        if (examples == 0)
            return new Interval(0, 1);
        var share = correct / examples;
        var centre = share + Z * Z / (2 * examples);
        var reach = Z * Math.Sqrt((share * (1 - share) + Z * Z / (4 * examples)) / examples);
        var scale = 1 + Z * Z / examples;
        return new Interval(Math.Max(0, (centre - reach) / scale), Math.Min(1, (centre + reach) / scale));
    }

    /// <summary>The interval of all examples of several splits together; null without splits.</summary>
    public static Interval? Of(IReadOnlyCollection<SplitReport> splits) =>
        splits.Count == 0 ? null : Of(splits.Sum(s => s.Accuracy * Independent(s)), splits.Sum(Independent));

    private static long Independent(SplitReport split) => split.EffectiveExamples ?? split.Examples;
}
