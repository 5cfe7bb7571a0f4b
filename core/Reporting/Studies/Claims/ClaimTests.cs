using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>The claims of Sparse Model Soups (Zimmer, Spiegel, Pokutta, ICLR 2024, arXiv 2306.16788) and of its reviewers, put to the test.</summary>
internal static class ClaimTests
{
    private static readonly IReadOnlyList<IClaim> All =
    [
        new BeatsClaim(ClaimNames.BeatsMeanMember, "the soup beats the mean of its members", BaselineNames.MeanCandidate),
        new BeatsClaim(ClaimNames.BeatsBestMember, "the soup beats the member that is best on validation", BaselineNames.BestCandidate),
        new BeatsClaim(ClaimNames.BeatsImp, "the soup beats IMP", BaselineNames.Imp),
        new BeatsClaim(ClaimNames.BeatsLongerImp, "the soup beats IMP that retrains as many epochs as all its members together", BaselineNames.ImpLonger),
        new BetterStartClaim(),
        new ShrinkingGainClaim(),
    ];

    /// <summary>
    /// A verdict on every claim asked for, for every kind of soup and every split but validation, on which soups are chosen. All claims on one split are a family.
    /// </summary>
    /// <param name="grid">The grid that judges.</param>
    /// <param name="claims">Some of <see cref="ClaimNames"/>.</param>
    public static IEnumerable<StudyClaim> Of(StudyGridReport grid, IReadOnlyList<string> claims)
    {
        var measure = Compared.Of(grid.Cells[0]);
        var tested = (
            from claim in All
            where claims.Contains(claim.Name)
            from split in SplitNames.Compared(grid)
            from soup in grid.Cells.GroupBy(c => c.Setting(CellNames.SoupAxis) ?? c.Recipe.Soup.Method.Name)
            let evidence = claim.Evidence([.. soup], split).ToList()
            where evidence.Count > 0
            select new TestedClaim(claim, split, soup.Key, evidence, PairedBySeed.Pool([.. evidence.Select(e => e.Differences)]))).ToList();
        var corrected = tested.GroupBy(t => t.Split).SelectMany(f => f.Zip(HolmFamily.Of([.. f.Select(t => t.Pooled)], measure))).ToDictionary(c => c.First, c => c.Second);
        return tested.Select(t => Claim(grid, t, corrected[t], measure));
    }

    private static StudyClaim Claim(StudyGridReport grid, TestedClaim tested, CorrectedVerdict corrected, MeasureInfo measure) => new()
    {
        Claim = tested.Claim.Name,
        Statement = tested.Claim.Statement,
        Grid = grid.Name,
        Split = tested.Split,
        Soup = tested.Soup,
        Differences = tested.Pooled,
        Verdict = Verdicts.Of(tested.Pooled.Interval, measure),
        Corrected = corrected,
        Cells = [.. tested.Evidence.Select(e => new StudyClaimCell(e.Cell, e.Differences, Verdicts.Of(e.Differences.Interval, measure)))],
    };

    private sealed record TestedClaim(
        IClaim Claim, string Split, string Soup, IReadOnlyList<(string Cell, SeedDifferences Differences)> Evidence, SeedDifferences Pooled);
}
