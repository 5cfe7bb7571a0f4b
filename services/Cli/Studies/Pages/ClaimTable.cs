using System.Globalization;
using System.Text;
using SparsePipeline.Cli.Studies.Building;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>Verdicts as Markdown.</summary>
internal static class ClaimTable
{
    /// <summary>Every claim of a study with its interval, the seeds, and the cells that say so.</summary>
    public static string Of(StudyReport report)
    {
        var table = new StringBuilder(Cells.Head(["claim", "on", "verdict", "difference in points [95 %]", "by seed", "cells for / against / undecided"]));
        foreach (var claim in report.Claims)
            table.Append(Cells.Row(
            [
                Statement(claim), Split(report, claim), $"**{claim.Verdict}**", Cells.Difference(claim.Differences), Cells.BySeed(claim.Differences),
                $"{Count(claim, Verdicts.Supported)} / {Count(claim, Verdicts.Contradicted)} / {Count(claim, Verdicts.Undecided)}",
            ]));
        return table.Append(
            $"\nA difference is averaged over the grid's cells seed by seed; its interval is Student's t over the {report.Seeds.Count} seeds. "
            + "Of every twenty intervals one misses by chance, so single cells prove little.\n").ToString();
    }

    /// <summary>One row per claim and split, one column per study.</summary>
    public static string Across(IReadOnlyList<StudyReport> reports)
    {
        var rows = reports.SelectMany(r => r.Claims.Where(c => IsOfAll(c.Split)).Select(c => (Key: (Statement(c), Kind(c)), Report: r, Claim: c))).GroupBy(c => c.Key);
        var table = new StringBuilder(Cells.Head(["claim", "on", .. reports.Select(r => $"{r.Title} (n = {r.Seeds.Count})")]));
        foreach (var row in rows)
            table.Append(Cells.Row(
            [
                row.Key.Item1, row.Key.Item2,
                .. reports.Select(r => row.Where(c => c.Report == r).Select(c => $"{c.Claim.Verdict}: {Cells.Difference(c.Claim.Differences)}").FirstOrDefault() ?? Cells.None),
            ]));
        return table.Append("\nDifferences in percentage points, averaged over the grid of each study, with the 95 % interval over its n seeds. ")
            .Append(Tally([.. rows.SelectMany(r => r).Select(r => r.Claim)])).ToString();
    }

    // Nothing is corrected for being one of many, so the page says how many there are.
    private static string Tally(IReadOnlyList<StudyClaim> claims)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Of these {claims.Count} intervals {With(Verdicts.Supported)} lie above 0, {With(Verdicts.Contradicted)} below and {With(Verdicts.Undecided)} around it; "
            + $"were no claim true or false anywhere, about {claims.Count / 20.0:0.#} would leave 0 out by chance.\n");

        int With(string verdict) => claims.Count(c => c.Verdict == verdict);
    }

    private static string Statement(StudyClaim claim) => $"{claim.Statement} ({claim.Soup})";

    private static string Split(StudyReport report, StudyClaim claim) => SplitNames.Title(report.Grids.First(g => g.Name == claim.Grid), claim.Split);

    // Shifts of different data sets have different names; across studies they are one kind.
    private static string Kind(StudyClaim claim) => claim.Split == StudySplits.Shifted ? "natural shifts" : StudySplits.Title(claim.Split);

    // Single shifts are those of one data set; its own table has them.
    private static bool IsOfAll(string split) => split is StudySplits.Test or StudySplits.Shifted or StudySplits.Corrupted;

    private static int Count(StudyClaim claim, string verdict) => claim.Cells.Count(c => c.Verdict == verdict);
}
