using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>How figures of studies are written in tables.</summary>
internal static class Cells
{
    /// <summary>Where there is no figure.</summary>
    public const string None = "–";

    /// <summary>Mean and standard deviation in percent: <c>94.9 ± 1.3</c>; a dash when there is none.</summary>
    public static string Accuracy(StudyFigure? figure) => figure is null
        ? None
        : string.Create(CultureInfo.InvariantCulture, $"{100 * figure.Mean:0.0}{(figure.Deviation is { } deviation ? $" ± {100 * deviation:0.0}" : "")}");

    /// <summary>A fraction in percent: <c>98.0</c>.</summary>
    public static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Mean and interval in points, bold when 0 is outside: <c>**+0.8** [+0.1, +1.5]</c>; a dash when there is none.</summary>
    /// <param name="differences">What was measured.</param>
    /// <param name="bold">False where nothing is to be read as a verdict.</param>
    public static string Difference(SeedDifferences? differences, bool bold = true)
    {
        if (differences is null || differences.BySeed.Count == 0)
            return None;
        var mean = Points(differences.Mean);
        var text = bold && Verdicts.Of(differences.Interval) != Verdicts.Undecided ? $"**{mean}**" : mean;
        return differences.Interval is { } interval ? $"{text} {Interval(interval)}" : text;
    }

    /// <summary>An interval in points: <c>[+0.10, +1.50]</c>; a dash when there is none.</summary>
    public static string Interval(Interval? interval) => interval is null ? None : $"[{Points(interval.Lower)}, {Points(interval.Upper)}]";

    /// <summary>A p-value: <c>0.034</c>, <c>&lt; 0.001</c>; a dash when there is none.</summary>
    public static string Probability(double? value) =>
        value is { } p ? p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture) : None;

    /// <summary>A difference of two fractions in percentage points, signed.</summary>
    public static string Points(double difference) => Verdicts.Points(difference).ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>The differences seed by seed, in points.</summary>
    public static string BySeed(SeedDifferences differences) => string.Join(" / ", differences.BySeed.Values.Select(Points));

    /// <summary>A row of a Markdown table.</summary>
    public static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    /// <summary>The head of a Markdown table: the first column is left-aligned, the others are not.</summary>
    public static string Head(IReadOnlyList<string> columns) => Row(columns) + $"|---|{string.Concat(columns.Skip(1).Select(_ => "---:|"))}\n";
}
