using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Charts;

/// <summary>
/// A line and point chart as inline SVG. Drawn by hand because a chart library needs the machine's fonts to place text
/// (a bare server has none) and fixes colours, whereas these follow the reader's theme; see docs/decisions.
/// </summary>
internal sealed record LineChart(string Title, string Description, Axis X, Axis Y, IReadOnlyList<ChartSeries> Series)
{
    private const double Left = 54;
    private const double Right = 14;
    private const double Top = 12;
    private const double Bottom = 44;

    public double Width { get; init; } = 520;

    public double Height { get; init; } = 320;

    /// <summary>The drawing, with its title and description for those who cannot see it.</summary>
    public XElement Draw() => HtmlTree.Element(
        "svg",
        "chart",
        HtmlTree.Attribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}")),
        HtmlTree.Attribute("role", "img"),
        HtmlTree.Attribute("aria-label", $"{Title}. {Description}"),
        HorizontalAxis(),
        VerticalAxis(),
        Series.Select(Draw));

    private double Across(double x) => Left + (X.Fraction(x) * (Width - Left - Right));

    private double Down(double y) => Height - Bottom - (Y.Fraction(y) * (Height - Top - Bottom));

    private XElement HorizontalAxis() => HtmlTree.Element(
        "g",
        "axis",
        Line(Left, Height - Bottom, Width - Right, Height - Bottom, "base"),
        X.Ticks.Select(t => new[]
        {
            Line(Across(t.Position), Height - Bottom, Across(t.Position), Height - Bottom + 5, "base"),
            Text(Across(t.Position), Height - Bottom + 18, X.Fraction(t.Position) > 0.999 ? "end" : "middle", t.Label),
        }),
        Text(Left + ((Width - Left - Right) / 2), Height - 6, "middle", X.Title, "axis-title"));

    private XElement VerticalAxis() => HtmlTree.Element(
        "g",
        "axis",
        Y.Ticks.Select(t => new[]
        {
            Line(Left, Down(t.Position), Width - Right, Down(t.Position), "grid"),
            Text(Left - 8, Down(t.Position) + 4, "end", t.Label),
        }));

    private XElement Draw(ChartSeries series)
    {
        var points = series.Points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList();
        var path = string.Join(' ', points.Select((p, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{Across(p.X):0.##} {Down(p.Y):0.##}")));
        return HtmlTree.Element(
            "g",
            series.CssClass,
            series.Connected && points.Count > 1 ? new XElement("path", HtmlTree.Attribute("class", "line"), HtmlTree.Attribute("d", path)) : null,
            points.Select(p => Markers.Draw(series.Marker, Across(p.X), Down(p.Y), $"{series.Name}: {Y.Format(p.Y)}")));
    }

    private static XElement Line(double x1, double y1, double x2, double y2, string cssClass) => HtmlTree.Element(
        "line",
        cssClass,
        HtmlTree.Attribute("x1", x1), HtmlTree.Attribute("y1", y1), HtmlTree.Attribute("x2", x2), HtmlTree.Attribute("y2", y2));

    private static XElement Text(double x, double y, string anchor, string text, string? cssClass = null) => HtmlTree.Element(
        "text", cssClass, HtmlTree.Attribute("x", x), HtmlTree.Attribute("y", y), HtmlTree.Attribute("text-anchor", anchor), text);
}
