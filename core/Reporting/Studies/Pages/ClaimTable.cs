using System.Globalization;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>Verdicts as Markdown.</summary>
internal static class ClaimTable
{
    /// <summary>Every claim of a study with its intervals, the seeds, and the cells that say so.</summary>
    public static string Of(StudyReport report)
    {
        var compared = Compared.In(report);
        var table = new StringBuilder(Cells.Head(
            ["claim", "on", "verdict", $"difference{compared.InPoints} [95 %]", "Holm's interval", "p", "p, Holm", "step of family", "by itself", "by seed", "cells for / against / undecided"]));
        foreach (var claim in report.Claims)
            table.Append(Cells.Row(
            [
                Statement(claim), Split(report, claim), $"**{claim.Corrected.Verdict}**", Cells.Difference(claim.Differences, compared), Cells.Interval(claim.Corrected.Interval, compared),
                Cells.Probability(claim.Corrected.PValue), Cells.Probability(claim.Corrected.AdjustedPValue), $"{claim.Corrected.Step} of {claim.Corrected.Family}", claim.Verdict,
                Cells.BySeed(claim.Differences, compared),
                $"{Count(claim, Verdicts.Supported)} / {Count(claim, Verdicts.Contradicted)} / {Count(claim, Verdicts.Undecided)}",
            ]));
        return table.Append(
            $"\nA difference is averaged over the grid's cells seed by seed; its interval is Student's t over {Count(report)} judging seeds. "
            + "All claims on one split are a family, and none of a family is independent of the others: they are about the same networks. The verdict is what is left after Holm's correction "
            + "within the family; *by itself* is what the 95 % interval would say if the claim were the only one, and bold goes by that. Cells are not corrected: they prove little.\n").ToString();
    }

    /// <summary>One row per claim and split, one column per study.</summary>
    public static string Across(IReadOnlyList<StudyReport> reports)
    {
        var rows = reports.SelectMany(r => r.Claims.Where(c => IsOfAll(c.Split)).Select(c => (Key: (Statement(c), Kind(c)), Report: r, Claim: c))).GroupBy(c => c.Key).ToList();
        var table = new StringBuilder(Cells.Head(["claim", "on", .. reports.Select(r => $"{r.Title} (n = {Count(r)})")]));
        foreach (var row in rows)
            table.Append(Cells.Row(
            [
                row.Key.Item1, row.Key.Item2, .. reports.Select(r => row.Where(c => c.Report == r).Select(c => Text(c.Claim, Compared.In(r))).FirstOrDefault() ?? Cells.None),
            ]));
        return table.Append(Unit(reports)).Append(", averaged over the grid of each study, with the 95 % interval over its n judging seeds, and Holm's interval behind it, by which the verdict goes. ")
            .Append(Tally([.. rows.SelectMany(r => r).Select(r => (r.Report, r.Claim))])).ToString();
    }

    private static string Unit(IReadOnlyList<StudyReport> reports) => reports.All(r => Compared.In(r).IsAccuracy)
        ? "\nDifferences in percentage points"
        : $"\nBy how much the soup is better: {string.Join("; ", reports.Select(r => $"{r.Title} by its {Compared.In(r).Noun}{Compared.In(r).InPoints}"))}";

    private static string Text(StudyClaim claim, Compared compared) =>
        $"{claim.Corrected.Verdict}: {Cells.Difference(claim.Differences, compared)}, Holm {Cells.Interval(claim.Corrected.Interval, compared)}";

    // How many claims there are says how many would be decided by chance; how many are independent, how often the same chance is told again.
    private static string Tally(IReadOnlyList<(StudyReport Report, StudyClaim Claim)> claims)
    {
        var families = claims.GroupBy(c => (c.Report.Name, c.Claim.Split)).Select(f => f.Count()).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"By themselves {claims.Count(c => c.Claim.Verdict != Verdicts.Undecided)} of these {claims.Count} intervals leave 0 out, where chance alone would make about {claims.Count / 20.0:0.#}; "
            + $"after Holm's correction within each of the {families.Count} families, of {string.Join(", ", families.Distinct().Order())} claims, {With(Verdicts.Supported)} claims are supported, "
            + $"{With(Verdicts.Contradicted)} contradicted and {With(Verdicts.Undecided)} undecided. Within a family no claim is independent of another, and neither are the families of one data set: "
            + $"they are about the same networks. Independent of each other are the {claims.Select(c => c.Report.Name).Distinct().Count()} data sets; over them nothing is corrected.\n");

        int With(string verdict) => claims.Count(c => c.Claim.Corrected.Verdict == verdict);
    }

    // Of what is there: seeds may be missing, and runs may have failed.
    private static int Count(StudyReport report) => report.Claims.Select(c => c.Differences.BySeed.Count).DefaultIfEmpty(report.Seeds.Judging.Count).Max();

    private static string Statement(StudyClaim claim) => $"{claim.Statement} ({claim.Soup})";

    private static string Split(StudyReport report, StudyClaim claim) => SplitNames.Title(report.Grids.First(g => g.Name == claim.Grid), claim.Split);

    // Shifts of different data sets have different names; across studies they are one kind.
    private static string Kind(StudyClaim claim) => claim.Split == StudySplits.Shifted ? "natural shifts" : StudySplits.Title(claim.Split);

    // Single shifts are those of one data set; its own table has them.
    private static bool IsOfAll(string split) => split is StudySplits.Test or StudySplits.Shifted or StudySplits.Corrupted;

    private static int Count(StudyClaim claim, string verdict) => claim.Cells.Count(c => c.Verdict == verdict);
}
