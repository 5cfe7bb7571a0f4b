using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>The verdicts for the terminal, corrected for their number, one line each.</summary>
public static class ClaimSummary
{
    public static IEnumerable<string> Lines(StudyReport report) => report.Claims.Select(c =>
        $"{c.Corrected.Verdict,-12} {SplitNames.Title(report.Grids.First(g => g.Name == c.Grid), c.Split),-10} "
        + $"{Cells.Difference(c.Differences, Compared.In(report), bold: false)}{Compared.In(report).Points}, Holm {Cells.Interval(c.Corrected.Interval, Compared.In(report))} as {c.Corrected.Step} of {c.Corrected.Family}: {c.Statement} ({c.Soup})");
}
