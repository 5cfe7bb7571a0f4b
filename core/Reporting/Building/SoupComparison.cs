using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Building;

/// <summary>The last soup beside other networks, on the same examples.</summary>
/// <param name="soup">What was found of it, example by example too where that was stored; null when the run has no last soup yet.</param>
/// <param name="measure">By what networks are compared.</param>
internal sealed class SoupComparison(MeasuredNetwork? soup, MeasureInfo measure)
{
    private delegate PairedDifference? Comparison(Func<EvaluationReport, SplitReport> report, Func<CorrectnessReport, CorrectExamples> correct, Func<ExampleMeasures, IReadOnlyList<float>> values);

    /// <summary>The soup minus one network, or minus the mean of several; null while one of them was not measured example by example.</summary>
    public SplitDifferences? Minus(IReadOnlyList<MeasuredNetwork> others) => Minus(others, (_, correct, values) => Compare(others, correct, values));

    /// <summary>The soup minus the network that is best on the split compared.</summary>
    public SplitDifferences? MinusBest(IReadOnlyList<MeasuredNetwork> others) =>
        Minus(others, (report, correct, values) => Compare([others.MaxBy(o => report(o.Report).Measure, measure.Order)!], correct, values));

    private SplitDifferences? Minus(IReadOnlyList<MeasuredNetwork> others, Comparison compare)
    {
        if (soup is null || others.Count == 0 || !(others.All(o => o.Correctness is not null) || others.All(o => o.Examples is not null)))
            return null;
        var test = compare(r => r.Test, c => c.Test, v => v.Test);
        var validation = compare(r => r.Validation, c => c.Validation, v => v.Validation);
        if (test is null || validation is null)
            return null;
        var shifts = new SortedDictionary<string, PairedDifference>(StringComparer.Ordinal);
        foreach (var name in Shifts(soup).Where(s => others.All(o => Shifts(o).Contains(s))))
            if (compare(r => r.Shifts[name], c => c.Shifts[name], v => v.Shifts[name]) is { } difference)
                shifts[name] = difference;
        return new SplitDifferences { Test = test, Validation = validation, Shifts = shifts };
    }

    private static IEnumerable<string> Shifts(MeasuredNetwork network) => network.Correctness?.Shifts.Keys ?? network.Examples?.Shifts.Keys ?? [];

    private PairedDifference? Compare(
        IReadOnlyList<MeasuredNetwork> others, Func<CorrectnessReport, CorrectExamples> correct, Func<ExampleMeasures, IReadOnlyList<float>> values)
    {
        if (soup is { Correctness: { } right } && others.All(o => o.Correctness is not null))
            return others is [{ Correctness: { } single }]
                ? PairedComparison.Of(correct(right), correct(single))
                : PairedComparison.Of(correct(right), [.. others.Select(o => correct(o.Correctness!))]);
        return soup is { Examples: { } examples } && others.All(o => o.Examples?.Measure == examples.Measure)
            ? PairedComparison.Of(values(examples), [.. others.Select(o => values(o.Examples!))])
            : null;
    }
}
