using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Baselines that are read off the candidates of the run.</summary>
/// <param name="recipe">The run's recipe.</param>
/// <param name="measurements">What the run measured.</param>
/// <param name="cycles">Those whose soup was measured.</param>
/// <param name="soup">The last soup.</param>
/// <param name="epochs">Retraining epochs behind a node.</param>
internal sealed class CandidateBaselines(
    Recipe recipe, Measurements measurements, IReadOnlyList<ReportedCycle> cycles, SoupComparison soup, Func<string, int> epochs)
{
    private readonly IReadOnlyList<IReadOnlyList<MeasuredNetwork>> _byCycle = [.. cycles.Select(c => measurements.Candidates(recipe, c.Cycle))];

    /// <summary>The baseline, or null while a cycle has no candidate.</summary>
    public ReportedBaseline? Build(string name) => _byCycle.Count == 0 || _byCycle.Any(c => c.Count == 0) ? null : name switch
    {
        BaselineNames.MeanCandidate => Summary(name, Enumerable.Average, Enumerable.Average) with
        {
            // Nobody has to train the others to have one of them.
            Epochs = (int)Math.Round(Enumerable.Range(0, recipe.Retraining.Candidates).Average(i => epochs(NodeNames.Candidate(cycles.Count, i)))),
            SoupMinusThis = soup.Minus(_byCycle[^1]),
        },
        BaselineNames.OracleCandidate => Summary(name, Compared.Best, v => v.All(x => x is null) ? null : Compared.Best(v.OfType<double>())) with { IsOracle = true, SoupMinusThis = soup.MinusBest(_byCycle[^1]) },
        _ => Best(name),
    };

    // Choosing the best means training all of them, so it costs what the soup costs.
    private ReportedBaseline Best(string name)
    {
        var best = _byCycle.Select(c => c.MaxBy(m => m.Report.Validation.Measure, Compared.Order)!).ToList();
        return MeasuredBaseline.Of(name, best, cycles[^1].Epochs) with { Sparsity = Sparsity, SoupMinusThis = soup.Minus([best[^1]]) };
    }

    private ReportedBaseline Summary(string name, Func<IEnumerable<double>, double> of, Func<IEnumerable<double?>, double?> ofSome)
    {
        var last = _byCycle[^1];
        return MeasuredBaseline.Named(last[0].Report, new BaselineMeasures
        {
            Test = of(last.Select(m => m.Report.Test.Measure)),
            Validation = of(last.Select(m => m.Report.Validation.Measure)),
            Shifted = ofSome(last.Select(m => m.Report.ShiftedMeasure)),
            Shifts = last[0].Report.Shifts.Keys.ToDictionary(s => s, s => of(last.Select(m => m.Report.Shifts[s].Measure)), StringComparer.Ordinal),
            Corrupted = ofSome(last.Select(m => m.Report.CorruptedMeasure)),
            Cycles = [.. _byCycle.Select(c => of(c.Select(m => m.Report.Test.Measure)))],
            CyclesShifted = MeasuredBaseline.Complete(_byCycle.Select(c => ofSome(c.Select(m => m.Report.ShiftedMeasure)))),
            CyclesCorrupted = MeasuredBaseline.Complete(_byCycle.Select(c => ofSome(c.Select(m => m.Report.CorruptedMeasure)))),
        }) with
        {
            Name = name,
            Sparsity = Sparsity,
            Epochs = cycles[^1].Epochs,
        };
    }

    private MeasureInfo Compared => recipe.Measure ?? MeasureInfo.Accuracy;

    // Of the candidates, which an average of masks of their own need not share.
    private double Sparsity => cycles[^1].Prune.Sparsity;
}
