using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting;

/// <summary>What came out, in words that do not flatter.</summary>
public static class Headline
{
    /// <summary>One sentence: the last soup beside what it must beat.</summary>
    public static string Of(RunReport report)
    {
        if (report.Networks.Count > 0)
            return NetworkHeadline.Of(report);
        if (report.Cycles.Count == 0)
            return "No cycle was finished, so there is nothing to compare yet.";
        var last = report.Cycles[^1];
        var compared = Compared.In(report);
        var comparisons = report.Baselines.Where(b => !b.IsOracle).Select(b => compared.Beside(last.Soup.Measure - b.Compared.Test, b.Name)).ToList();
        var sentence = $"At {Figures.Percent(last.Sparsity)} sparsity{OfAll(last)} the soup of {Members(last)} reaches "
            + $"{compared.Text(last.Soup.Measure)} test {compared.Noun}";
        return comparisons.Count == 0 ? sentence + "." : $"{sentence}: {string.Join(", ", comparisons)}.";
    }

    // 80 % of what is prunable is little of a network that is mostly something else.
    private static string OfAll(ReportedCycle cycle) => cycle.GlobalSparsity is { } share ? $" ({Figures.Percent(share)} of all parameters)" : "";

    /// <summary>Whether averaging paid: against the candidates of the last cycle and against equal compute without averaging.</summary>
    public static string Judgement(RunReport report)
    {
        if (report.Cycles.Count == 0)
            return "";
        var last = report.Cycles[^1];
        var compared = Compared.In(report);
        var difference = last.Soup.Measure - last.Candidates.Select(c => c.Measure).DefaultIfEmpty(last.Soup.Measure).Average();
        if (!compared.IsAccuracy)
            return $"{(IsOne(last) ? One : OfMeasure(compared, difference))} ({compared.Difference(difference)} in test {compared.Noun}, and this is one run with one seed).{EqualCompute(report, last)}";
        var grain = 1.0 / Math.Max(1, last.Soup.Evaluation.Test.Examples);
        var verdict = IsOne(last) ? One
            : Math.Abs(difference) < grain
            ? "Averaging changed nothing that this test set could show"
            : difference > 0
                ? "Averaging paid: the soup beats its mean candidate"
                : "Averaging did not pay here: the soup is worse than its mean candidate";
        return $"{verdict} ({Figures.Points(difference)}; one of the {Figures.Count(last.Soup.Evaluation.Test.Examples)} test examples "
            + $"is worth {100 * grain:0.0#} points, and this is one run with one seed).{EqualCompute(report, last)}";
    }

    private const string One = "Nothing was averaged: the soup is one of its candidates, here beside the mean of all";

    private static bool IsOne(ReportedCycle cycle) => cycle.Admission.Members.Count == 1 && cycle.Candidates.Count > 1;

    // The mean candidate is what averaging starts from; this is what the same compute buys without it.
    private static string EqualCompute(RunReport report, ReportedCycle last) =>
        report.Baselines.FirstOrDefault(b => b.Name == BaselineNames.ImpLonger) is { } longer
            ? $" At equal compute without averaging (imp-longer) the difference is {Compared.In(report).Difference(last.Soup.Measure - longer.Compared.Test)}."
            : "";

    private static string Members(ReportedCycle cycle) => cycle.Admission.Members.Count == cycle.Candidates.Count
        ? $"{cycle.Candidates.Count} candidates"
        : $"{cycle.Admission.Members.Count} of {cycle.Candidates.Count} candidates";

    private static string OfMeasure(Compared compared, double difference) => difference == 0 ? "Averaging changed nothing"
        : compared.IsUnseen(difference) ? $"Averaging changed nothing that {compared.Decimals} show"
        : compared.IsBetter(difference, 0) ? "Averaging paid: the soup beats its mean candidate"
        : "Averaging did not pay here: the soup is worse than its mean candidate";
}
