namespace SparsePipeline.Reporting.Statistics;

/// <summary>Student's distribution with a whole number of degrees of freedom (W. S. Gosset, Biometrika 6, 1908).</summary>
public static class StudentT
{
    /// <summary>The probability that |T| is greater than <paramref name="t"/>: the p-value of a two-sided test.</summary>
    /// <remarks>The finite sums of Abramowitz and Stegun 1964, 26.7.3 and 26.7.4: exact but for rounding, to about 1e-15.</remarks>
    /// <param name="t">At least 0; infinity gives 0.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Outside(double t, int degrees)
    {
        var angle = Math.Atan(t / Math.Sqrt(degrees));
        var (sine, cosine) = Math.SinCos(angle);
        var isOdd = degrees % 2 == 1;
        var (term, sum) = isOdd ? (cosine, degrees == 1 ? 0 : cosine) : (1.0, 1.0);
        for (var factor = isOdd ? 3 : 2; factor <= degrees - 2; factor += 2)
        {
            term *= cosine * cosine * (factor - 1) / factor;
            sum += term;
        }

        var inside = isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum;
        return Math.Clamp(1 - inside, 0, 1);
    }

    /// <summary>The t that |T| exceeds with a given probability.</summary>
    /// <param name="outside">Above 0, at most 1; 0.05 for a two-sided interval of 95 %.</param>
    /// <param name="degrees">Degrees of freedom, at least 1.</param>
    public static double Quantile(double outside, int degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (Outside(high, degrees) > outside)
            (low, high) = (high, 2 * high);
        // Bisection ends when no number lies between: it gives the same bits everywhere that Outside does.
        while ((low + high) / 2 is var middle && middle > low && middle < high)
            (low, high) = Outside(middle, degrees) > outside ? (middle, high) : (low, middle);
        return high;
    }
}
