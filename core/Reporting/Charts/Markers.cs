using System.Globalization;
using System.Xml.Linq;
using SparsePipeline.Reporting.Html;

namespace SparsePipeline.Reporting.Charts;

/// <summary>Draws markers as paths of about equal visual weight.</summary>
internal static class Markers
{
    /// <summary>The marker at a position in pixels; null for <see cref="Marker.None"/>.</summary>
    public static XElement? Draw(Marker marker, double x, double y, string? tip)
    {
        if (Shape(marker) is not { } shape)
            return null;
        var place = string.Create(CultureInfo.InvariantCulture, $"translate({x:0.##} {y:0.##})");
        return new XElement(
            "path",
            HtmlTree.Attribute("class", marker is Marker.Ring or Marker.Cross ? "marker open" : "marker"),
            HtmlTree.Attribute("transform", place),
            HtmlTree.Attribute("d", shape),
            tip is null ? null : new XElement("title", tip));
    }

    private static string? Shape(Marker marker) => marker switch
    {
        Marker.Dot => "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z",
        Marker.Ring => "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z",
        Marker.Square => "M-4 -4h8v8h-8z",
        Marker.Diamond => "M0 -5.5L5.5 0L0 5.5L-5.5 0z",
        Marker.Triangle => "M0 -5.5L5 4H-5z",
        Marker.Cross => "M-4 -4L4 4M-4 4L4 -4",
        _ => null,
    };
}
