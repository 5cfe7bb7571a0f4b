using System.Xml.Linq;
using SparsePipeline.Contracts;
using static SparsePipeline.Reporting.Html.HtmlTree;

namespace SparsePipeline.Reporting.Html;

/// <summary>What the last soup is on disk, and on the clock where that was measured.</summary>
internal static class CompressionSection
{
    public static XElement? Draw(RunReport report) => report.Cycles.Count > 0 && report.Cycles[^1].Soup.Evaluation is { Compression: { } compression } evaluation
        ? Element(
            "section",
            null,
            Element("h2", null, "Compression of the last soup"),
            Table.Draw(["Written as", "Bytes", "Of safetensors"], Sizes(compression.Exports)),
            Element("p", "note", "What `sparsepipe export` writes; an export of a run also names its mask, some hundred bytes more."),
            evaluation.Latency is { } latency ? Latency(latency) : null)
        : null;

    private static TableRow[] Sizes(ExportSizes sizes) =>
    [
        Row("safetensors, every weight", sizes.Safetensors, sizes),
        Row("packed, bits and values", sizes.Packed, sizes),
        Row("the mask by itself", sizes.Mask, sizes),
    ];

    private static TableRow Row(string name, long bytes, ExportSizes sizes) =>
        new([name, Figures.Count(bytes), Figures.Percent((double)bytes / sizes.Safetensors)]);

    private static object[] Latency(LatencyReport report) =>
    [
        Element("p", null, LatencyVerdict.Of(report)),
        Table.Draw(
            ["Layer", "Density", "Dense", "Sparse", "Difference"],
            report.Layers.Select(l => new TableRow(
                [
                    Element("code", null, l.Name),
                    Figures.Percent(l.NonZeros / (double)l.Weights),
                    Figures.Microseconds(l.DenseSeconds),
                    l.SparseSeconds is { } sparse ? Figures.Microseconds(sparse) : "no sparse form",
                    l.Difference?.ToString("0.0e0", System.Globalization.CultureInfo.InvariantCulture) ?? "–",
                ]))),
        Element("p", "note", $"Medians on {report.Machine}. Other work on the machine disturbs them; `sparsepipe bench-model` measures again."),
    ];
}
