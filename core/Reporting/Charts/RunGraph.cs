using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Charts;

/// <summary>The steps of a run as a layered graph from left to right: colour by kind, dashed when cached, with compute time.</summary>
internal static class RunGraph
{
    private const double BoxWidth = 176;
    private const double BoxHeight = 30;
    private const double ColumnWidth = 212;
    private const double RowHeight = 40;
    private const int LongestLabel = 31;

    public static XElement Draw(IReadOnlyList<ReportedStep> steps)
    {
        var places = GraphLayout.Place(steps);
        var width = (places.Values.Select(p => p.Column).DefaultIfEmpty(0).Max() * ColumnWidth) + BoxWidth + 4;
        var height = (places.Values.Select(p => p.Row).DefaultIfEmpty(0).Max() * RowHeight) + BoxHeight + 4;
        return HtmlTree.Element(
            "svg",
            "graph",
            HtmlTree.Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"-2 -2 {width} {height}")),
            HtmlTree.Attribute("width", width),
            HtmlTree.Attribute("height", height),
            HtmlTree.Attribute("role", "img"),
            HtmlTree.Attribute("aria-label", $"Graph of {steps.Count} steps; the table below lists them."),
            GraphLayout.Edges(steps).Select(e => Edge(places[e.From], places[e.To])),
            steps.Select(s => Node(s, places[s.Node])));
    }

    private static XElement Edge((int Column, double Row) from, (int Column, double Row) to)
    {
        var (x1, y1) = ((from.Column * ColumnWidth) + BoxWidth, (from.Row * RowHeight) + (BoxHeight / 2));
        var (x2, y2) = (to.Column * ColumnWidth, (to.Row * RowHeight) + (BoxHeight / 2));
        var bend = ColumnWidth - BoxWidth;
        return new XElement(
            "path",
            HtmlTree.Attribute("class", "edge"),
            HtmlTree.Attribute("d", string.Create(
                CultureInfo.InvariantCulture, $"M{x1} {y1:0.#}C{x1 + bend} {y1:0.#} {x2 - bend} {y2:0.#} {x2} {y2:0.#}")));
    }

    private static XElement Node(ReportedStep step, (int Column, double Row) place) => HtmlTree.Element(
        "g",
        $"node kind-{step.Kind}{(step.Cached ? " cached" : "")}{(step.Failure is null ? "" : " failed")}",
        HtmlTree.Attribute("transform", string.Create(
            CultureInfo.InvariantCulture, $"translate({place.Column * ColumnWidth} {place.Row * RowHeight:0.#})")),
        new XElement("title", Tip(step)),
        new XElement("rect", HtmlTree.Attribute("width", BoxWidth), HtmlTree.Attribute("height", BoxHeight), HtmlTree.Attribute("rx", "5")),
        new XElement("text", HtmlTree.Attribute("x", 8), HtmlTree.Attribute("y", 13), Label(step)),
        new XElement("text", HtmlTree.Attribute("class", "seconds"), HtmlTree.Attribute("x", 8), HtmlTree.Attribute("y", 25), Caption(step)));

    private static string Tip(ReportedStep step) =>
        $"{step.Node} ({step.Kind}), {Figures.Duration(step.Seconds)}{(step.Failure is { } f ? $": {f.Reason}" : "")}";

    // An evaluation is labelled with what it evaluates: its colour and its second line say the rest.
    private static string Label(ReportedStep step)
    {
        var name = step.Kind == StepKinds.Evaluate && step.DependsOn is [var source] ? source : step.Node;
        return name.Length <= LongestLabel ? name : "…" + name[^(LongestLabel - 1)..];
    }

    private static string Caption(ReportedStep step) => step.Failure is not null
        ? $"{step.Kind}, failed"
        : $"{step.Kind}, {Figures.Duration(step.Seconds)}{(step.Cached ? ", cached" : "")}";
}
