namespace SparsePipeline.Reporting.Charts;

/// <summary>One set of points in a chart.</summary>
/// <param name="Name">Shown in the legend and with each point.</param>
/// <param name="CssClass">Gives the colour, so that it follows the reader's light or dark theme.</param>
/// <param name="Points">x and y in data units, in drawing order.</param>
/// <param name="Marker">Differs between series, so that colour is never the only sign.</param>
/// <param name="Connected">Whether a line joins the points.</param>
internal sealed record ChartSeries(
    string Name, string CssClass, IReadOnlyList<(double X, double Y)> Points, Marker Marker, bool Connected);
