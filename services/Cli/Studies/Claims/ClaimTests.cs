using SparsePipeline.Cli.Studies.Building;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies.Claims;

/// <summary>The claims of Sparse Model Soups (Zimmer, Spiegel, Pokutta, ICLR 2024, arXiv 2306.16788) and of its reviewers, put to the test.</summary>
internal static class ClaimTests
{
    private static readonly IReadOnlyList<IClaim> All =
    [
        new BeatsClaim("beats-mean-member", "the soup beats the mean of its members", BaselineNames.MeanCandidate),
        new BeatsClaim("beats-best-member", "the soup beats the member that is best on validation", BaselineNames.BestCandidate),
        new BeatsClaim("beats-imp", "the soup beats IMP", BaselineNames.Imp),
        new BeatsClaim("beats-longer-imp", "the soup beats IMP that retrains as many epochs as all its members together", BaselineNames.ImpLonger),
        new BetterStartClaim(),
        new ShrinkingGainClaim(),
    ];

    /// <summary>A verdict on every claim for every kind of soup and every split but validation, on which soups are chosen.</summary>
    public static IEnumerable<StudyClaim> Of(StudyGridReport grid) =>
        from claim in All
        from split in SplitNames.Compared(grid)
        from soup in grid.Cells.GroupBy(c => c.Setting(CellNames.SoupAxis) ?? c.Recipe.Soup.Method.Name)
        let evidence = claim.Evidence([.. soup], split).ToList()
        where evidence.Count > 0
        select Claim(claim, grid, split, soup.Key, evidence);

    private static StudyClaim Claim(
        IClaim claim, StudyGridReport grid, string split, string soup, IReadOnlyList<(string Cell, SeedDifferences Differences)> evidence)
    {
        var pooled = PairedBySeed.Pool([.. evidence.Select(e => e.Differences)]);
        return new StudyClaim
        {
            Claim = claim.Name,
            Statement = claim.Statement,
            Grid = grid.Name,
            Split = split,
            Soup = soup,
            Differences = pooled,
            Verdict = Verdicts.Of(pooled.Interval),
            Cells = [.. evidence.Select(e => new StudyClaimCell(e.Cell, e.Differences, Verdicts.Of(e.Differences.Interval)))],
        };
    }
}
