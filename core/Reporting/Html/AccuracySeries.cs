using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;

namespace SparsePipeline.Reporting.Html;

/// <summary>What the charts against sparsity show: soups, their candidates and the baselines.</summary>
internal static class AccuracySeries
{
    private static readonly Marker[] Shapes = [Marker.Square, Marker.Triangle, Marker.Diamond, Marker.Cross];

    public static IReadOnlyList<ChartSeries> Of(
        RunReport report,
        Func<ReportedModel, double?> ofModel,
        Func<ReportedBaseline, double?> ofBaseline,
        Func<ReportedBaseline, IReadOnlyList<double>> ofCycles)
    {
        var all = new List<ChartSeries> { new("candidates", "series candidates", Candidates(report, ofModel), Marker.Ring, Connected: false) };
        all.AddRange(report.Baselines.Where(b => !b.IsOracle).Select((b, i) => Baseline(report, b, i, ofBaseline(b), ofCycles(b))));
        all.Add(new("soup", "series soup", Soups(report, ofModel), Marker.Dot, Connected: true));
        return [.. all.Where(s => s.Points.Count > 0)];
    }

    private static ChartSeries Baseline(RunReport report, ReportedBaseline baseline, int index, double? final, IReadOnlyList<double> cycles)
    {
        var end = SparsityScale.Position(report.Cycles[^1].Sparsity);
        var isFlat = baseline.Sparsity == 0;
        (double, double)[] points = final is not { } accuracy ? []
            : isFlat ? [(0, accuracy), (end, accuracy)]
            : cycles.Count == report.Cycles.Count
                ? [.. Sparsities(report, baseline).Zip(cycles, (s, a) => (SparsityScale.Position(s), a))]
                : [(SparsityScale.Position(baseline.Sparsity), accuracy)];
        return new ChartSeries(
            baseline.Name, $"series baseline-{index % 6}", points, isFlat ? Marker.None : Shapes[index % Shapes.Length], Connected: true);
    }

    private static IEnumerable<double> Sparsities(RunReport report, ReportedBaseline baseline) =>
        baseline.CycleSparsities.Count == report.Cycles.Count ? baseline.CycleSparsities : report.Cycles.Select(c => c.Sparsity);

    private static List<(double, double)> Candidates(RunReport report, Func<ReportedModel, double?> accuracy) =>
        [.. report.Cycles.SelectMany(c => c.Candidates.Select(m => (c.Sparsity, Accuracy: accuracy(m))))
            .Where(p => p.Accuracy is not null).Select(p => (SparsityScale.Position(p.Sparsity), p.Accuracy!.Value))];

    private static List<(double, double)> Soups(RunReport report, Func<ReportedModel, double?> accuracy) =>
        [.. report.Cycles.Select(c => (c.Sparsity, Accuracy: accuracy(c.Soup)))
            .Where(p => p.Accuracy is not null).Select(p => (SparsityScale.Position(p.Sparsity), p.Accuracy!.Value))];
}
