using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>How metrics are named and written, as the registry says; one that this version does not know is written as it is.</summary>
/// <param name="catalog">Knows the metrics.</param>
public sealed class MetricFigure(MethodCatalog catalog)
{
    /// <summary>The title with the direction that is better: <c>Perplexity ↓</c>.</summary>
    public string Title(string metric) => Of(metric) is { Figure: { } figure } info ? $"{info.Title} {Arrow(figure.HigherIsBetter)}"
        : Measure(metric) is { } measure ? $"{new Compared(measure).Title} {Arrow(measure.HigherIsBetter)}"
        : metric;

    /// <summary>The figure in its unit; a dash when there is none.</summary>
    public string Text(string metric, double? value) => (Of(metric)?.Figure?.Unit ?? Measure(metric)?.Unit) == FigureInfo.Share ? Figures.Percent(value) : Figures.Real(value);

    /// <summary>When to look at it and where it comes from, for the notes below a table; null when this version does not know it.</summary>
    public string? Note(string metric) => Of(metric) is { } info ? $"{info.Title}: {info.UseWhen}{(info.Paper is { } paper ? $" ({paper})" : "")}" : null;

    private static char Arrow(bool higherIsBetter) => higherIsBetter ? '↑' : '↓';

    private MeasureInfo? Measure(string name) =>
        catalog.Methods.Where(m => m.Axis == MethodAxes.Task).SelectMany(m => m.Measures).FirstOrDefault(m => m.Name == name);

    private MethodInfo? Of(string metric) => catalog.Find(MethodAxes.Metric, metric);
}
