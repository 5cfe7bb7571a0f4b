using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Accuracies by the names of <see cref="StudySplits"/>.</summary>
internal static class SplitAccuracies
{
    /// <summary>Of everything measured on one network.</summary>
    public static IReadOnlyDictionary<string, double> Of(EvaluationReport evaluation)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [StudySplits.Test] = evaluation.Test.Accuracy,
            [StudySplits.Validation] = evaluation.Validation.Accuracy,
        };
        foreach (var (name, split) in evaluation.Shifts)
            all[StudySplits.Shift(name)] = split.Accuracy;
        if (evaluation.ShiftedAccuracy is { } shifted)
            all[StudySplits.Shifted] = shifted;
        if (evaluation.CorruptedAccuracy is { } corrupted)
            all[StudySplits.Corrupted] = corrupted;
        return all;
    }

    /// <summary>Of a baseline, which may be a statistic over several networks.</summary>
    public static IReadOnlyDictionary<string, double> Of(ReportedBaseline baseline)
    {
        var all = new SortedDictionary<string, double>(baseline.ShiftAccuracies.ToDictionary(s => StudySplits.Shift(s.Key), s => s.Value), StringComparer.Ordinal)
        {
            [StudySplits.Test] = baseline.Accuracy,
        };
        if (baseline.ValidationAccuracy is { } validation)
            all[StudySplits.Validation] = validation;
        if (baseline.ShiftedAccuracy is { } shifted)
            all[StudySplits.Shifted] = shifted;
        if (baseline.CorruptedAccuracy is { } corrupted)
            all[StudySplits.Corrupted] = corrupted;
        return all;
    }

    /// <summary>Of a baseline after a cycle that it went through.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="cycle">From 1.</param>
    public static IReadOnlyDictionary<string, double> Of(ReportedBaseline baseline, int cycle)
    {
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal) { [StudySplits.Test] = baseline.CycleAccuracies[cycle - 1] };
        if (baseline.CycleShiftedAccuracies.Count >= cycle)
            all[StudySplits.Shifted] = baseline.CycleShiftedAccuracies[cycle - 1];
        if (baseline.CycleCorruptedAccuracies.Count >= cycle)
            all[StudySplits.Corrupted] = baseline.CycleCorruptedAccuracies[cycle - 1];
        return all;
    }

    /// <summary>The mean over networks, split by split; empty without networks.</summary>
    public static IReadOnlyDictionary<string, double> Mean(IReadOnlyList<ReportedModel> models) =>
        new SortedDictionary<string, double>(
            models.SelectMany(m => Of(m.Evaluation)).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Average(a => a.Value)), StringComparer.Ordinal);
}
