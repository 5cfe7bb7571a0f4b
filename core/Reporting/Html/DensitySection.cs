using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What each cycle left of each layer.</summary>
internal static class DensitySection
{
    public static XElement? Draw(RunReport report) => report.Cycles.Count == 0
        ? null
        : Element(
            "section",
            null,
            Element("h2", null, "Density per layer"),
            Table.Draw(
                ["Layer", "Weights", .. report.Cycles.Select(c => $"Cycle {c.Cycle}")],
                report.Cycles[0].Prune.Layers.Select(l => Row(report, l))),
            Tied(report.Cycles[0].Prune),
            Warnings(report));

    private static TableRow Row(RunReport report, LayerDensity layer) => new(
        [
            Element("code", null, layer.Name),
            Figures.Count(layer.Total),
            .. report.Cycles.Select(c => c.Prune.Layers.FirstOrDefault(l => l.Name == layer.Name)).Select(Cell),
        ]);

    private static object Cell(LayerDensity? layer) => layer is null ? "–" : Element(
        "span",
        "bar",
        Attribute("title", $"{Figures.Count(layer.Kept)} of {Figures.Count(layer.Total)} weights kept"),
        Element("i", null, Attribute("style", string.Create(CultureInfo.InvariantCulture, $"width:{100 * layer.Density:0.##}%"))),
        Element("b", null, Figures.Percent(layer.Density)));

    private static XElement? Tied(PruneReport prune) => prune.Tied is not { Count: > 0 } tied ? null : Element(
        "p", "note", $"Tied weights, pruned, averaged, counted and written once: {string.Join(", ", tied.Select(t => $"{t.Key} is {t.Value}"))}.");

    private static XElement? Warnings(RunReport report)
    {
        var warnings = report.Cycles.SelectMany(c => CycleWarnings.Of(c).Select(w => $"Cycle {c.Cycle}: {w}")).ToList();
        return warnings.Count == 0 ? null : Element("ul", "warnings", warnings.Select(w => Element("li", null, w)));
    }
}
