using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting;

/// <summary>By what the networks of a run are compared, and how it is written: accuracies in percent, and what tasks measure in its unit.</summary>
/// <param name="measure">The measure.</param>
public sealed class Compared(MeasureInfo measure)
{
    private const double Grain = 0.0005;

    /// <summary>What the networks of a run are compared by.</summary>
    public static Compared In(RunReport report) => new(report.Recipe.Measure ?? MeasureInfo.Accuracy);

    /// <summary>Whether it is the accuracy, of which there are intervals, classes and example-by-example differences.</summary>
    public bool IsAccuracy => measure == MeasureInfo.Accuracy;

    /// <summary>What it is called in a sentence.</summary>
    public string Noun => measure.Noun;

    /// <summary>The same at the head of a column.</summary>
    public string Title => char.ToUpperInvariant(measure.Noun[0]) + measure.Noun[1..];

    /// <summary>Whether one value is better than another.</summary>
    public bool IsBetter(double one, double other) => measure.IsBetter(one, other);

    /// <summary>A value, or a dash.</summary>
    public string Text(double? value) => IsShare ? Figures.Percent(value) : Figures.Real(value is { } number && double.IsFinite(number) ? number : null);

    /// <summary>A value at an axis.</summary>
    public string Tick(double value, string format) =>
        IsShare ? (100 * value).ToString(format, CultureInfo.CurrentCulture) + " %" : value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A difference, signed.</summary>
    public string Difference(double difference) => IsShare ? Figures.Points(difference) : difference.ToString("+0.000;−0.000;±0.000", CultureInfo.InvariantCulture);

    /// <summary>A difference from another network in words.</summary>
    /// <param name="difference">The one minus the other.</param>
    /// <param name="name">Of the other.</param>
    public string Beside(double difference, string name) => Math.Abs(difference) < Grain ? $"level with {name}"
        : IsAccuracy ? $"{100 * Math.Abs(difference):0.0} points {(difference > 0 ? "above" : "below")} {name}"
        : $"{Difference(difference)} and so {(measure.IsBetter(difference, 0) ? "better" : "worse")} than {name}";

    private bool IsShare => measure.Unit == FigureInfo.Share;
}
