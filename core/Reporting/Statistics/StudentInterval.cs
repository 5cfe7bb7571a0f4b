using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Statistics;

/// <summary>The interval of a mean of few values, mean ± t(n−1)·s/√n, with Student's t and the sample standard deviation s, and its test against 0.</summary>
/// <remarks>
/// It takes the values as independent draws from one normal distribution. With three seeds t is 4.3: wide on purpose, since three values
/// say little about their own spread.
/// </remarks>
public static class StudentInterval
{
    /// <summary>The level of an interval of 95 %.</summary>
    public const double Level = 0.05;

    /// <summary>Null for fewer than two values.</summary>
    /// <param name="values">What was measured.</param>
    /// <param name="level">How often the interval may miss: 0.05 for 95 %.</param>
    public static Interval? Of(IReadOnlyCollection<double> values, double level = Level)
    {
        if (Deviation(values) is not { } deviation)
            return null;
        var (mean, reach) = (values.Average(), StudentT.Quantile(level, values.Count - 1) * deviation / Math.Sqrt(values.Count));
        return new Interval(mean - reach, mean + reach);
    }

    /// <summary>
    /// The p-value of the two-sided t-test that the mean is 0: at most the level of every interval that has 0 outside. Null for fewer than two values.
    /// </summary>
    public static double? PValue(IReadOnlyCollection<double> values)
    {
        if (Deviation(values) is not { } deviation)
            return null;
        var mean = values.Average();
        // Values that are all the same have no spread to compare with: they are 0, or certainly not.
        return mean == 0 ? 1 : StudentT.Outside(Math.Abs(mean) / (deviation / Math.Sqrt(values.Count)), values.Count - 1);
    }

    /// <summary>The sample standard deviation, with n−1; null for fewer than two values.</summary>
    public static double? Deviation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
