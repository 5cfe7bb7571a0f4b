using System.Xml.Linq;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Charts;

/// <summary>Names the series of one or more charts, each with its colour, line and marker.</summary>
internal static class Legend
{
    public static XElement Draw(IEnumerable<ChartSeries> series) =>
        HtmlTree.Element("p", "legend", series.DistinctBy(s => s.Name).Select(Entry));

    private static XElement Entry(ChartSeries series) => HtmlTree.Element(
        "span",
        null,
        HtmlTree.Element(
            "svg",
            $"key {series.CssClass}",
            HtmlTree.Attribute("viewBox", "0 0 28 14"),
            HtmlTree.Attribute("aria-hidden", "true"),
            series.Connected ? new XElement("path", HtmlTree.Attribute("class", "line"), HtmlTree.Attribute("d", "M1 7H27")) : null,
            Markers.Draw(series.Marker, 14, 7, tip: null)),
        series.Name);
}
