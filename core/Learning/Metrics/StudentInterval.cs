using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>The interval of a mean of few values at 95 %: mean ± t(n−1)·s/√n, with Student's t and the sample standard deviation s.</summary>
/// <remarks>
/// It takes the values as independent draws from one normal distribution. With three seeds t is 4.3: wide on purpose, since three values
/// say little about their own spread.
/// </remarks>
public static class StudentInterval
{
    private const double Normal = 1.959963984540054;

    // The 97.5 % quantiles of Student's t with 1 to 30 degrees of freedom.
    private static readonly double[] Quantiles =
    [
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448, 2.1314,
        2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
    ];

    /// <summary>Null for fewer than two values.</summary>
    public static Interval? Of(IReadOnlyCollection<double> values)
    {
        if (Deviation(values) is not { } deviation)
            return null;
        var (mean, reach) = (values.Average(), Quantile(values.Count - 1) * deviation / Math.Sqrt(values.Count));
        return new Interval(mean - reach, mean + reach);
    }

    /// <summary>The sample standard deviation, with n−1; null for fewer than two values.</summary>
    public static double? Deviation(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
            return null;
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    /// <summary>t for a two-sided interval of 95 %, right to three decimals.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    internal static double Quantile(int degrees)
    {
        if (degrees <= Quantiles.Length)
            return Quantiles[degrees - 1];
        // Cornish–Fisher expansion in 1/degrees (Abramowitz and Stegun 1964, 26.7.5).
        var z = Normal;
        return z + (((z * z * z) + z) / (4 * degrees)) + (((5 * Math.Pow(z, 5)) + (16 * z * z * z) + (3 * z)) / (96.0 * degrees * degrees));
    }
}
