using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>The metrics that the recipe asks for, on the test split and on every shift; drawn from what the registry says about them.</summary>
internal static class MetricSection
{
    public static XElement? Draw(RunReport report, MethodCatalog catalog)
    {
        var measured = ResultRow.Of(report).Where(r => r.Evaluation?.Test.Metrics is { Count: > 0 }).ToList();
        if (measured.Count == 0)
            return null;
        var metrics = measured.SelectMany(r => r.Evaluation!.Test.Metrics!.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var shifts = measured.SelectMany(r => r.Evaluation!.Shifts.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var figure = new MetricFigure(catalog);
        return Element(
            "section",
            null,
            Element("h2", null, "Further metrics"),
            Table.Draw(
                ["Network", .. metrics.Select(figure.Title), .. from shift in shifts from metric in metrics select $"{figure.Title(metric)}, {shift}"],
                measured.Select(r => Row(r, r.Evaluation!, metrics, shifts, figure))),
            metrics.Select(figure.Note).OfType<string>().Select(note => Element("p", "note", note)));
    }

    private static TableRow Row(ResultRow row, EvaluationReport evaluation, List<string> metrics, List<string> shifts, MetricFigure figure) => new(
        [
            row.Name,
            .. metrics.Select(m => figure.Text(m, Of(evaluation.Test, m))),
            .. from shift in shifts from metric in metrics select figure.Text(metric, Of(evaluation.Shifts.GetValueOrDefault(shift), metric)),
        ],
        row.IsSoup ? "soup-row" : null);

    private static double? Of(SplitReport? split, string metric) => split?.Metrics?.TryGetValue(metric, out var value) == true ? value : null;
}
