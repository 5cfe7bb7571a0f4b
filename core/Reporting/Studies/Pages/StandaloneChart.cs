using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Reporting.Charts;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A chart as an SVG file that needs nothing else: its title, colours for light and dark pages, and its legend are inside.</summary>
internal static class StandaloneChart
{
    private const double Line = 20;
    private const double Head = 30;
    private const int PerRow = 2;

    private const string Style =
        """
        svg { --page: #fff; --grid: #e9ebe7; --ink: #1d211c; --muted: #5d655b; font: 12px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        .soup { color: #c2410c; } .candidates { color: #7c8478; } .baseline-0 { color: #4b5563; } .baseline-1 { color: #0369a1; }
        .baseline-2 { color: #15803d; } .baseline-3 { color: #7e22ce; } .baseline-4 { color: #a16207; } .baseline-5 { color: #be185d; }
        @media (prefers-color-scheme: dark) {
          svg { --page: #161916; --grid: #282d28; --ink: #e7eae4; --muted: #a3aba0; }
          .soup { color: #fb8c4e; } .candidates { color: #9aa195; } .baseline-0 { color: #b3bac4; } .baseline-1 { color: #5cb8ec; }
          .baseline-2 { color: #6bc98a; } .baseline-3 { color: #c99bf0; } .baseline-4 { color: #e0b64d; } .baseline-5 { color: #f08cb8; }
        }
        .page { fill: var(--page); } text { fill: var(--muted); } .title { fill: var(--ink); font-weight: 600; font-size: 13px; }
        .base { stroke: var(--muted); } .grid { stroke: var(--grid); } .line { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round; }
        .soup .line { stroke-width: 3; } .marker { fill: currentColor; } .marker.open { fill: none; stroke: currentColor; stroke-width: 1.6; }
        .legend text { fill: var(--ink); }
        """;

    /// <summary>Equal charts give equal bytes.</summary>
    public static StudyChart Draw(string file, LineChart chart)
    {
        var height = Head + chart.Height + (Line * ((chart.Series.Count + PerRow - 1) / PerRow)) + 6;
        var drawing = chart.Draw();
        var root = HtmlTree.Element(
            "svg",
            null,
            HtmlTree.Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {chart.Width} {height}")),
            HtmlTree.Attribute("width", chart.Width), HtmlTree.Attribute("height", height), HtmlTree.Attribute("role", "img"),
            new XElement("title", chart.Title),
            new XElement("style", Style),
            HtmlTree.Element("rect", "page", HtmlTree.Attribute("width", chart.Width), HtmlTree.Attribute("height", height)),
            HtmlTree.Element("text", "title", HtmlTree.Attribute("x", 10), HtmlTree.Attribute("y", 19), chart.Title),
            new XElement("g", HtmlTree.Attribute("transform", $"translate(0 {Head})"), drawing.Elements()),
            HtmlTree.Element("g", "legend", chart.Series.Reverse().Select((s, i) => Entry(s, i, chart))));
        XNamespace svg = "http://www.w3.org/2000/svg";
        foreach (var element in root.DescendantsAndSelf())
            element.Name = svg + element.Name.LocalName;
        return new StudyChart(file, chart.Title, root.ToString().ReplaceLineEndings("\n") + "\n");
    }

    private static XElement Entry(ChartSeries series, int index, LineChart chart)
    {
        var (x, y) = (16 + (index % PerRow * ((chart.Width - 20) / PerRow)), Head + chart.Height + 8 + (Line * (index / PerRow)));
        return HtmlTree.Element(
            "g",
            series.CssClass,
            new XElement("path", HtmlTree.Attribute("class", "line"), HtmlTree.Attribute("d", string.Create(CultureInfo.InvariantCulture, $"M{x:0.##} {y:0.##}h26"))),
            Markers.Draw(series.Marker, x + 13, y, tip: null),
            HtmlTree.Element("text", null, HtmlTree.Attribute("x", x + 33), HtmlTree.Attribute("y", y + 4), series.Name));
    }
}
