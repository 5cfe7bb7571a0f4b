using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Building;

/// <summary>The last soup beside other networks, on the same examples.</summary>
/// <param name="soup">Which examples it gets right; null when that was not stored or the run has no last soup yet.</param>
internal sealed class SoupComparison(CorrectnessReport? soup)
{
    /// <summary>The soup minus one network, or minus the mean of several; null while one of them was not measured example by example.</summary>
    public SplitDifferences? Minus(IReadOnlyList<MeasuredNetwork> others) => Minus(others, choose: null);

    /// <summary>The soup minus the network that is best on the split compared.</summary>
    public SplitDifferences? MinusBest(IReadOnlyList<MeasuredNetwork> others) =>
        Minus(others, choose: (networks, accuracy) => [networks.MaxBy(accuracy)!]);

    private SplitDifferences? Minus(
        IReadOnlyList<MeasuredNetwork> others, Func<IReadOnlyList<MeasuredNetwork>, Func<MeasuredNetwork, double>, IReadOnlyList<MeasuredNetwork>>? choose)
    {
        if (soup is null || others.Count == 0 || others.Any(o => o.Correctness is null))
            return null;
        var test = Compare(soup.Test, r => r.Test, c => c.Test);
        var validation = Compare(soup.Validation, r => r.Validation, c => c.Validation);
        if (test is null || validation is null)
            return null;
        var shifts = new SortedDictionary<string, PairedDifference>(StringComparer.Ordinal);
        foreach (var (name, correct) in soup.Shifts.Where(s => others.All(o => o.Correctness!.Shifts.ContainsKey(s.Key))))
            if (Compare(correct, r => r.Shifts[name], c => c.Shifts[name]) is { } difference)
                shifts[name] = difference;
        return new SplitDifferences { Test = test, Validation = validation, Shifts = shifts };

        PairedDifference? Compare(CorrectExamples one, Func<EvaluationReport, SplitReport> report, Func<CorrectnessReport, CorrectExamples> correct)
        {
            var chosen = choose?.Invoke(others, o => report(o.Report).Accuracy) ?? others;
            return chosen.Count == 1
                ? PairedComparison.Of(one, correct(chosen[0].Correctness!))
                : PairedComparison.Of(one, [.. chosen.Select(o => correct(o.Correctness!))]);
        }
    }
}
