using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Charts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>The run as a graph of its steps, and the same as a table.</summary>
internal static class GraphSection
{
    public static XElement Draw(RunReport report) => Element(
        "section",
        null,
        Element("h2", null, "The run as a graph"),
        Element("p", "legend", StepKinds.All.Select(k => Element("span", null, Element("i", $"swatch kind-{k}"), k)),
            Element("span", null, Element("i", "swatch cached"), "cached: its result was there before")),
        Scroll.Around("The graph", RunGraph.Draw([.. report.Steps.Select(s => s with { Cached = WorkDone.WasCached(report, s) })])),
        Element("details", null, Element("summary", null, "All steps"), Steps(report)));

    private static XElement Steps(RunReport report) => Table.Draw(
        ["Step", "Kind", "Compute", "Cached", "Key"],
        report.Steps.Select(s => new TableRow(
            [s.Node, s.Kind, Figures.Duration(s.Seconds), WorkDone.WasCached(report, s) ? "yes" : "no", Element("code", null, s.Key[..Math.Min(12, s.Key.Length)])],
            s.Failure is null ? null : "failed-row")));
}
