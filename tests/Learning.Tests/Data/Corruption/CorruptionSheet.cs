using System.Text;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;

namespace SparsePipeline.Learning.Tests.Data.Corruption;

/// <summary>Draws one digit under every kind of corruption at every severity, as SVG.</summary>
internal static class CorruptionSheet
{
    private const int Pixel = 5;
    private const int Tile = 8 * Pixel;
    private const int Column = Tile + 8;
    private const int Label = 130;
    private const int Top = 24;

    public static string Draw(Examples digits)
    {
        var kinds = Corruptions.Registry.All;
        var (width, height) = (Label + (Severities.Count + 1) * Column, Top + kinds.Count * Column);
        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append($"<title>A digit under {kinds.Count} kinds of corruption at severities 1 to {Severities.Count}</title>\n");
        svg.Append($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n");
        for (var severity = 0; severity <= Severities.Count; severity++)
            svg.Append($"<text x=\"{Label + severity * Column + Tile / 2}\" y=\"15\" text-anchor=\"middle\">{(severity == 0 ? "clean" : severity)}</text>\n");
        for (var row = 0; row < kinds.Count; row++)
            Row(svg, digits, kinds[row], Top + row * Column);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Row(StringBuilder svg, Examples digits, ICorruption kind, int y)
    {
        svg.Append($"<text x=\"8\" y=\"{y + Tile / 2 + 4}\">{kind.Info.Name}</text>\n");
        Paint(svg, digits.Pixels(0), Label, y);
        foreach (var severity in Severities.All)
            Paint(svg, CorruptedSplit.Of(digits, kind, severity).Pixels(0), Label + severity * Column, y);
    }

    /// <summary>One path per grey, since a rectangle per pixel would make the file ten times as large.</summary>
    private static void Paint(StringBuilder svg, ReadOnlySpan<byte> pixels, int x, int y)
    {
        svg.Append($"<g transform=\"translate({x} {y}) scale({Pixel})\" shape-rendering=\"crispEdges\"><path d=\"M0 0h8v8h-8z\"/>");
        foreach (var grey in pixels.ToArray().Select((value, i) => (Value: value, Place: i)).Where(p => p.Value > 0).GroupBy(p => p.Value).OrderBy(g => g.Key))
        {
            var level = (grey.Key * 255 / 16).ToString("x2");
            svg.Append($"<path fill=\"#{level}{level}{level}\" d=\"{string.Concat(grey.Select(p => $"M{p.Place % 8} {p.Place / 8}h1v1h-1z"))}\"/>");
        }
        svg.Append("</g>\n");
    }
}
