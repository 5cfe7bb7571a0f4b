using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Sparsity against what networks are compared by, on the test split and under shift.</summary>
internal static class AccuracySection
{
    public static XElement? Draw(RunReport report)
    {
        if (report.Cycles.Count == 0)
            return null;
        var compared = Compared.In(report);
        var test = AccuracySeries.Of(report, m => m.Measure, b => b.Compared.Test, b => b.Compared.Cycles);
        var shifted = AccuracySeries.Of(report, m => m.ShiftedMeasure, b => b.Compared.Shifted, b => b.Compared.CyclesShifted);
        return Element(
            "section",
            null,
            Element("h2", null, $"{compared.Title} against sparsity"),
            Element("div", "pair", Figure(report, compared, "Test split", test), shifted.Count == 0 ? null : Figure(report, compared, "Under shift", shifted)),
            Legend.Draw(test.Concat(shifted)),
            Element("p", "note", "The horizontal axis is spaced by the logarithm of the weights kept, so equal cuts are equally far apart."));
    }

    private static XElement Figure(RunReport report, Compared compared, string title, IReadOnlyList<ChartSeries> series) => Element(
        "figure",
        null,
        new LineChart(
            $"{compared.Title} against sparsity, {title.ToLowerInvariant()}",
            Description(report, compared, series),
            Horizontal(report),
            Axis.Around(compared.Title, series.SelectMany(s => s.Points).Select(p => p.Y), v => compared.Tick(v, "0.##")),
            series).Draw(),
        Element("figcaption", null, title));

    private static Axis Horizontal(RunReport report)
    {
        var ticks = report.Cycles.Select(c => c.Sparsity).Prepend(0).Distinct().Select(s => (SparsityScale.Position(s), $"{100 * s:0.#} %")).ToList();
        var far = ticks.Max(t => t.Item1);
        return new Axis("Sparsity", -0.05 * far, 1.05 * Math.Max(far, 0.01), ticks, v => Figures.Percent(SparsityScale.Sparsity(v)));
    }

    private static string Description(RunReport report, Compared compared, IReadOnlyList<ChartSeries> series) =>
        string.Join(". ", series.Where(s => s.Connected && s.Points.Count > 0).Select(s =>
            $"{s.Name}: {string.Join(", ", s.Points.Select(p => compared.Text(p.Y)))}"))
        + $". Sparsities: {string.Join(", ", report.Cycles.Select(c => Figures.Percent(c.Sparsity)))}.";
}
