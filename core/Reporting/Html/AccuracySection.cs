using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Sparsity against accuracy, on the test split and under shift.</summary>
internal static class AccuracySection
{
    public static XElement? Draw(RunReport report)
    {
        if (report.Cycles.Count == 0)
            return null;
        var test = AccuracySeries.Of(report, m => m.Accuracy, b => b.Accuracy, b => b.CycleAccuracies);
        var shifted = AccuracySeries.Of(report, m => m.ShiftedAccuracy, b => b.ShiftedAccuracy, b => b.CycleShiftedAccuracies);
        return Element(
            "section",
            null,
            Element("h2", null, "Accuracy against sparsity"),
            Element("div", "pair", Figure(report, "Test split", test), shifted.Count == 0 ? null : Figure(report, "Under shift", shifted)),
            Legend.Draw(test.Concat(shifted)),
            Element("p", "note", "The horizontal axis is spaced by the logarithm of the weights kept, so equal cuts are equally far apart."));
    }

    private static XElement Figure(RunReport report, string title, IReadOnlyList<ChartSeries> series) => Element(
        "figure",
        null,
        new LineChart(
            $"Accuracy against sparsity, {title.ToLowerInvariant()}",
            Description(report, series),
            Horizontal(report),
            Axis.Around("Accuracy", series.SelectMany(s => s.Points).Select(p => p.Y), v => $"{100 * v:0.##} %"),
            series).Draw(),
        Element("figcaption", null, title));

    private static Axis Horizontal(RunReport report)
    {
        var ticks = report.Cycles.Select(c => c.Sparsity).Prepend(0).Distinct().Select(s => (SparsityScale.Position(s), $"{100 * s:0.#} %")).ToList();
        var far = ticks.Max(t => t.Item1);
        return new Axis("Sparsity", -0.05 * far, 1.05 * Math.Max(far, 0.01), ticks, v => Figures.Percent(SparsityScale.Sparsity(v)));
    }

    private static string Description(RunReport report, IReadOnlyList<ChartSeries> series) =>
        string.Join(". ", series.Where(s => s.Connected && s.Points.Count > 0).Select(s =>
            $"{s.Name}: {string.Join(", ", s.Points.Select(p => Figures.Percent(p.Y)))}"))
        + $". Sparsities: {string.Join(", ", report.Cycles.Select(c => Figures.Percent(c.Sparsity)))}.";
}
