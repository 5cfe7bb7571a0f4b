using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What networks are compared by under each kind of corruption, one row per kind: there are more kinds than networks.</summary>
internal static class CorruptionSection
{
    public static XElement? Draw(RunReport report)
    {
        var measured = ResultRow.Of(report).Where(r => r.Evaluation?.Corruptions.Count > 0).ToList();
        if (measured.Count == 0)
            return null;
        var compared = Compared.In(report);
        var kinds = measured.SelectMany(r => r.Evaluation!.Corruptions.Select(c => c.Name)).Distinct().Order(StringComparer.Ordinal);
        return Element(
            "section",
            null,
            Element("h2", null, "Under corruption"),
            Table.Draw(
                ["Corruption", .. measured.Select(r => r.Name)],
                kinds.Select(k => Row(k, measured, e => e.Corruptions.FirstOrDefault(c => c.Name == k)?.Measure, compared))
                    .Prepend(Row("mean", measured, e => e.CorruptedMeasure, compared, "soup-row"))),
            Element("p", "note", $"Test {compared.Noun}, mean over severities {Severities(measured)}, in the spirit of CIFAR-10-C (Hendrycks, Dietterich 2019). "
                + "report.json has every severity with its interval."));
    }

    private static TableRow Row(string name, List<ResultRow> measured, Func<EvaluationReport, double?> value, Compared compared, string? cssClass = null) =>
        new([name, .. measured.Select(r => compared.Text(value(r.Evaluation!)))], cssClass);

    private static string Severities(List<ResultRow> measured) =>
        string.Join(", ", measured.SelectMany(r => r.Evaluation!.Corruptions).SelectMany(c => c.Severities).Select(s => s.Severity).Distinct().Order());
}
