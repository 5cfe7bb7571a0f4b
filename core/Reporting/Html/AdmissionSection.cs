using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>Whether each soup deserved to be made: its verdict, how far apart its candidates were, and the loss between them.</summary>
internal static class AdmissionSection
{
    public static XElement? Draw(RunReport report) => report.Cycles.Count == 0
        ? null
        : Element(
            "section",
            null,
            Element("h2", null, "Loss along the line between candidates"),
            Element("p", "note", "Validation loss on the straight line between pairs of candidates. A flat or sagging line means one basin, "
                + "where averaging is safe; a hump is a barrier, and a soup across it is worse than its members."),
            Element("div", "triple", report.Cycles.Select(c => Cycle(c, Compared.In(report)))));

    private static XElement Cycle(ReportedCycle cycle, Compared compared) => Element(
        "figure",
        null,
        cycle.Admission.LossLines.Count == 0 ? null : Chart(cycle, compared),
        Element("figcaption", null, $"Cycle {cycle.Cycle}, {Figures.Percent(cycle.Sparsity)} sparse"),
        Element("p", "verdict", cycle.Admission.Verdict),
        Element("p", "note", Numbers(cycle, compared)));

    private static XElement Chart(ReportedCycle cycle, Compared compared)
    {
        var lines = cycle.Admission.LossLines;
        var series = lines.Select(l => new ChartSeries(
            $"candidates {l.From} and {l.To}", "series line-between", [.. l.Positions.Zip(l.Losses)], Marker.None, Connected: true)).ToList();
        return new LineChart(
            $"Validation loss between candidates, cycle {cycle.Cycle}",
            $"{lines.Count} pairs, highest barrier {Figures.Real(lines.Max(l => l.Barrier))}{Unit(compared)}.",
            new Axis("position between two candidates", 0, 1, [(0, "one"), (0.5, "halfway"), (1, "other")], v => Figures.Real(v)),
            Axis.Around("Validation loss", lines.SelectMany(l => l.Losses), v => v.ToString("0.####")),
            series)
        { Width = 360, Height = 230 }.Draw();
    }

    private static string Numbers(ReportedCycle cycle, Compared compared)
    {
        var report = cycle.Admission;
        var members = report.Members.Count == cycle.Candidates.Count ? "all" : string.Join(", ", report.Members.Select(m => $"candidate {m}"));
        return $"Averaged: {members}. Distances {Range(report.Distances, "0.00")}, "
            + $"angles {Range(report.Angles, "0")}° from the barycentre, "
            + $"highest barrier {Figures.Real(report.LossLines.Select(l => l.Barrier).DefaultIfEmpty(0).Max())}{Unit(compared)}. "
            + $"Validation{(compared.IsAccuracy ? "" : $" {compared.Noun}")}: soup {compared.Text(report.Compared.Soup)}, mean {compared.Text(report.Compared.MeanCandidate)}, "
            + $"best {compared.Text(report.Compared.BestCandidate)}.";
    }

    // Losses of other tasks have a unit of their own.
    private static string Unit(Compared compared) => compared.IsAccuracy ? " nats" : "";

    private static string Range(IReadOnlyList<IReadOnlyList<double>> matrix, string format)
    {
        var pairs = matrix.SelectMany((row, i) => row.Skip(i + 1)).DefaultIfEmpty(0).ToList();
        return $"{pairs.Min().ToString(format)}–{pairs.Max().ToString(format)}";
    }
}
