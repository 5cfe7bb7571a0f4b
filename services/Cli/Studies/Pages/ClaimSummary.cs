using SparsePipeline.Cli.Studies.Building;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>The verdicts for the terminal, one line each.</summary>
internal static class ClaimSummary
{
    public static IEnumerable<string> Lines(StudyReport report) => report.Claims.Select(c =>
        $"{c.Verdict,-12} {SplitNames.Title(report.Grids.First(g => g.Name == c.Grid), c.Split),-10} "
        + $"{Cells.Difference(c.Differences).Replace("*", "", StringComparison.Ordinal)} points: {c.Statement} ({c.Soup})");
}
