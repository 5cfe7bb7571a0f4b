using System.Globalization;
using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>How figures of studies are written in tables.</summary>
internal static class Cells
{
    /// <summary>Where there is no figure.</summary>
    public const string None = "–";

    /// <summary>Mean and standard deviation, of shares in percent: <c>94.9 ± 1.3</c>; a dash when there is none.</summary>
    public static string Value(StudyFigure? figure, Compared compared) =>
        figure is null ? None : $"{compared.Bare(figure.Mean)}{(figure.Deviation is { } deviation ? $" ± {compared.Bare(deviation)}" : "")}";

    /// <summary>A fraction in percent: <c>98.0</c>.</summary>
    public static string Percent(double fraction) => (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Mean and interval, of shares in points, bold when 0 is outside: <c>**+0.80** [+0.10, +1.50]</c>; a dash when there is none.</summary>
    /// <param name="differences">What was measured.</param>
    /// <param name="compared">What is compared.</param>
    /// <param name="bold">False where nothing is to be read as a verdict.</param>
    public static string Difference(SeedDifferences? differences, Compared compared, bool bold = true)
    {
        if (differences is null || differences.BySeed.Count == 0)
            return None;
        var mean = compared.Signed(differences.Mean);
        var text = bold && compared.IsDecided(differences.Interval) ? $"**{mean}**" : mean;
        return differences.Interval is { } interval ? $"{text} {Interval(interval, compared)}" : text;
    }

    /// <summary>An interval, of shares in points: <c>[+0.10, +1.50]</c>; a dash when there is none.</summary>
    public static string Interval(Interval? interval, Compared compared) => interval is null ? None : $"[{compared.Signed(interval.Lower)}, {compared.Signed(interval.Upper)}]";

    /// <summary>A p-value: <c>0.034</c>, <c>&lt; 0.001</c>; a dash when there is none.</summary>
    public static string Probability(double? value) =>
        value is { } p ? p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture) : None;

    /// <summary>The differences seed by seed.</summary>
    public static string BySeed(SeedDifferences differences, Compared compared) => string.Join(" / ", differences.BySeed.Values.Select(compared.Signed));

    /// <summary>A row of a Markdown table.</summary>
    public static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    /// <summary>The head of a Markdown table: the first column is left-aligned, the others are not.</summary>
    public static string Head(IReadOnlyList<string> columns) => Row(columns) + $"|---|{string.Concat(columns.Skip(1).Select(_ => "---:|"))}\n";
}
