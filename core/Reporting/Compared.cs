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

    /// <summary>What the networks of a study are compared by.</summary>
    public static Compared In(StudyReport report) => new(report.Measure ?? MeasureInfo.Accuracy);

    /// <summary>What the networks of a comparison are compared by.</summary>
    public static Compared In(StudyGridReport grid) => new(grid.Cells.Count == 0 ? MeasureInfo.Accuracy : Of(grid.Cells[0]));

    /// <summary>The measure of a cell.</summary>
    public static MeasureInfo Of(StudyCellReport cell) => cell.Recipe.Measure ?? MeasureInfo.Accuracy;

    /// <summary>Whether it is the accuracy, of which there are intervals, classes and example-by-example differences.</summary>
    public bool IsAccuracy => measure == MeasureInfo.Accuracy;

    /// <summary>Its name in files.</summary>
    public string Name => measure.Name;

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

    /// <summary>Whether a difference is written as 0.</summary>
    public bool IsUnseen(double difference) => Math.Abs(difference) < Grain;

    /// <summary>How many decimals differences are written with.</summary>
    public string Decimals => IsShare ? "one decimal of a point" : "three decimals";

    /// <summary>A difference from another network in words.</summary>
    /// <param name="difference">The one minus the other.</param>
    /// <param name="name">Of the other.</param>
    public string Beside(double difference, string name) => Math.Abs(difference) < Grain ? $"level with {name}"
        : IsAccuracy ? $"{100 * Math.Abs(difference):0.0} points {(difference > 0 ? "above" : "below")} {name}"
        : $"{Difference(difference)} and so {(measure.IsBetter(difference, 0) ? "better" : "worse")} than {name}";

    /// <summary>Behind what is written without its unit.</summary>
    public string InPercent => IsShare ? " in percent" : "";

    /// <summary>Behind differences that are written without their unit.</summary>
    public string InPoints => IsShare ? " in points" : "";

    /// <summary>The same as a word after a figure.</summary>
    public string Points => IsShare ? " points" : "";

    /// <summary>At the head of a column of values without their unit.</summary>
    public string Percent => IsShare ? ", %" : "";

    /// <summary>By what values and their differences are multiplied for tables and charts.</summary>
    public double Scale => IsShare ? 100 : 1;

    /// <summary>What is to be known of the direction; empty where higher is better.</summary>
    public string Direction => measure.HigherIsBetter ? "" : $"Of the {Noun} lower is better: a soup is ahead where the soup minus another network is below 0, and claims say by how much it is ahead.";

    /// <summary>A value in a table, without its unit.</summary>
    public string Bare(double value) => IsShare ? (100 * value).ToString("0.0", CultureInfo.InvariantCulture) : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A difference in a table, signed and without its unit.</summary>
    public string Signed(double difference) => measure.Written(difference).ToString(IsShare ? "+0.00;−0.00;0.00" : "+0.000;−0.000;0.000", CultureInfo.InvariantCulture);

    /// <summary>By how much one value is better than another, from their difference.</summary>
    public double Gain(double difference) => measure.Gain(difference, 0);

    /// <summary>Whether an interval of differences, of either sign, is written with 0 outside.</summary>
    public bool IsDecided(Interval? interval) => Verdicts.Of(interval, measure) != Verdicts.Undecided;

    /// <summary>The differences of single examples, with the interval of their mean; nothing where there are none.</summary>
    public (string Difference, string Range) Between(PairedDifference? difference) => difference is null ? ("", "")
        : IsShare ? (Figures.Signed(difference.Difference), Figures.PointsRange(difference.Interval))
        : (Difference(difference.Difference), $"{Difference(difference.Interval.Lower)}…{Difference(difference.Interval.Upper)}");

    /// <summary>What is to be known of the differences on the same examples in a report.</summary>
    public string AboutDifferences(bool thereAre) => thereAre
        ? $"Small figures are 95 % intervals of differences in test {Noun} between networks on the same examples (mean ± 1.96 standard errors): what another test split of this size could have shown, "
            + "not what another seed would. "
        : $"There are no differences example by example: the {Noun} of a split is no mean over its examples, or an earlier version measured it. ";

    private bool IsShare => measure.Unit == FigureInfo.Share;
}
