using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Accuracies, or what else networks are compared by, by the names of <see cref="StudySplits"/>.</summary>
internal static class SplitAccuracies
{
    /// <summary>Of everything measured on one network.</summary>
    public static IReadOnlyDictionary<string, double> Of(EvaluationReport evaluation)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [StudySplits.Test] = evaluation.Test.Measure,
            [StudySplits.Validation] = evaluation.Validation.Measure,
        };
        foreach (var (name, split) in evaluation.Shifts)
            all[StudySplits.Shift(name)] = split.Measure;
        if (evaluation.ShiftedMeasure is { } shifted)
            all[StudySplits.Shifted] = shifted;
        if (evaluation.CorruptedMeasure is { } corrupted)
            all[StudySplits.Corrupted] = corrupted;
        return all;
    }

    /// <summary>Of a baseline, which may be a statistic over several networks.</summary>
    public static IReadOnlyDictionary<string, double> Of(ReportedBaseline baseline)
    {
        var all = new SortedDictionary<string, double>(baseline.Compared.Shifts.ToDictionary(s => StudySplits.Shift(s.Key), s => s.Value), StringComparer.Ordinal)
        {
            [StudySplits.Test] = baseline.Compared.Test,
        };
        if (baseline.Compared.Validation is { } validation)
            all[StudySplits.Validation] = validation;
        if (baseline.Compared.Shifted is { } shifted)
            all[StudySplits.Shifted] = shifted;
        if (baseline.Compared.Corrupted is { } corrupted)
            all[StudySplits.Corrupted] = corrupted;
        return all;
    }

    /// <summary>Of a baseline after a cycle that it went through.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="cycle">From 1.</param>
    public static IReadOnlyDictionary<string, double> Of(ReportedBaseline baseline, int cycle)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal) { [StudySplits.Test] = baseline.Compared.Cycles[cycle - 1] };
        if (baseline.Compared.CyclesShifted.Count >= cycle)
            all[StudySplits.Shifted] = baseline.Compared.CyclesShifted[cycle - 1];
        if (baseline.Compared.CyclesCorrupted.Count >= cycle)
            all[StudySplits.Corrupted] = baseline.Compared.CyclesCorrupted[cycle - 1];
        return all;
    }

    /// <summary>The mean over networks, split by split; empty without networks.</summary>
    public static IReadOnlyDictionary<string, double> Mean(IReadOnlyList<ReportedModel> models) =>
        new SortedDictionary<string, double>(
            models.SelectMany(m => Of(m.Evaluation)).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Average(a => a.Value)), StringComparer.Ordinal);
}
