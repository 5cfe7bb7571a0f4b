using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Statistics;

/// <summary>Differences of accuracies, or of other figures that are means over examples, on the same examples, with intervals at 95 %.</summary>
/// <remarks>
/// Two networks: Newcombe 1998, Statistics in Medicine 17, 2635–2650, method 10, which joins the Wilson intervals of both by their correlation
/// and stays sensible when hardly any example tells them apart. Where an example has several predictions, one network is compared with the mean
/// of several, or what is compared is not right or wrong: mean ± z·s/√n of the differences per example, which are no longer yes or no.
/// </remarks>
public static class PairedComparison
{
    private const double Z = 1.959963984540054;

    /// <summary>One network minus another; null when they were not measured on as many examples.</summary>
    public static PairedDifference? Of(CorrectExamples one, CorrectExamples other)
    {
        if (one.PerExample > 1 || !AreComparable(one, [other]))
            return Of(one, [other]);
        var counts = new int[4];
        for (var i = 0; i < one.Predictions; i++)
            counts[(one.IsCorrect(i) ? 0 : 2) + (other.IsCorrect(i) ? 0 : 1)]++;
        return Of(counts[0], counts[1], counts[2], counts[3]);
    }

    /// <summary>One network minus the mean of others, each prediction counting as the share of them that is right; null as above or without others.</summary>
    public static PairedDifference? Of(CorrectExamples one, IReadOnlyList<CorrectExamples> others)
    {
        if (!AreComparable(one, others))
            return null;
        return Of([.. Enumerable.Range(0, one.Predictions / one.PerExample).Select(i => OfExample(one, others, i))]);
    }

    /// <summary>What one network is worth example by example minus the mean of what others are; null as above or without others.</summary>
    public static PairedDifference? Of(IReadOnlyList<float> one, IReadOnlyList<IReadOnlyList<float>> others) => others.Count == 0 || one.Count == 0 || others.Any(o => o.Count != one.Count)
        ? null
        : Of([.. one.Select((value, i) => value - others.Average(o => (double)o[i]))]);

    private static PairedDifference Of(double[] differences)
    {
        var mean = differences.Average();
        var variance = differences.Sum(d => (d - mean) * (d - mean)) / Math.Max(1, differences.Length - 1);
        var reach = Z * Math.Sqrt(variance / differences.Length);
        return new PairedDifference { Examples = differences.Length, Difference = mean, Interval = new(mean - reach, mean + reach) };
    }

    private static bool AreComparable(CorrectExamples one, IReadOnlyList<CorrectExamples> others) =>
        others.Count > 0 && one.Predictions > 0 && others.All(o => (o.Predictions, o.PerExample) == (one.Predictions, one.PerExample));

    private static double OfExample(CorrectExamples one, IReadOnlyList<CorrectExamples> others, int example) =>
        Enumerable.Range(example * one.PerExample, one.PerExample).Average(p => (one.IsCorrect(p) ? 1 : 0) - others.Average(o => o.IsCorrect(p) ? 1.0 : 0.0));

    /// <param name="both">Examples that both get right.</param>
    /// <param name="onlyOne">Examples that only the one gets right.</param>
    /// <param name="onlyOther">Examples that only the other gets right.</param>
    /// <param name="neither">Examples that neither gets right.</param>
    internal static PairedDifference Of(int both, int onlyOne, int onlyOther, int neither)
    {
        var examples = both + onlyOne + onlyOther + neither;
        var (one, other) = ((double)(both + onlyOne) / examples, (double)(both + onlyOther) / examples);
        var (ofOne, ofOther) = (WilsonInterval.Of(both + onlyOne, examples), WilsonInterval.Of(both + onlyOther, examples));
        var correlation = Correlation(both, onlyOne, onlyOther, neither);
        var difference = (double)(onlyOne - onlyOther) / examples;
        return new PairedDifference
        {
            Examples = examples,
            Difference = difference,
            Interval = new(
                difference - Joined(one - ofOne.Lower, ofOther.Upper - other, correlation),
                difference + Joined(other - ofOther.Lower, ofOne.Upper - one, correlation)),
            OnlyOne = onlyOne,
            OnlyOther = onlyOther,
        };
    }

    private static double Joined(double one, double other, double correlation) =>
        Math.Sqrt(Math.Max(0, one * one - 2 * correlation * one * other + other * other));

    // φ with the continuity correction that sets method 10 apart; 0 when a margin is empty.
    private static double Correlation(double both, double onlyOne, double onlyOther, double neither)
    {
        var margins = (both + onlyOne) * (onlyOther + neither) * (both + onlyOther) * (onlyOne + neither);
        if (margins == 0)
            return 0;
        var (agreement, half) = (both * neither - onlyOne * onlyOther, (both + onlyOne + onlyOther + neither) / 2);
        var corrected = agreement > half ? agreement - half : Math.Min(agreement, 0);
        return corrected / Math.Sqrt(margins);
    }
}
