using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>
/// Candidates that start from a soup are better than those that start from a single network: from the second cycle on, by how much the mean
/// candidate is better than IMP at the same cycle. Compute is not equal: behind a candidate of cycle j are the epochs of all members of the cycles before, m(j − 1) + 1
/// retrainings, behind IMP j of them.
/// </summary>
internal sealed class BetterStartClaim : IClaim
{
    public string Name => ClaimNames.SoupIsABetterStart;

    public string Statement => "from the second cycle on, a candidate that starts from the soup before beats IMP at the same cycle, which took fewer epochs, before any averaging";

    public IEnumerable<(string Cell, SeedDifferences Differences)> Evidence(IReadOnlyList<StudyCellReport> cells, string split) =>
        from cell in cells
        let differences = PairedBySeed.Of(cell.Runs.SelectMany(run => Of(run, split, Compared.Of(cell))))
        where differences.BySeed.Count > 0
        select (CellNames.Of(cell), differences);

    private static IEnumerable<KeyValuePair<long, double>> Of(StudyRunReport run, string split, MeasureInfo measure)
    {
        var differences = run.Cycles.Where(c => c.Cycle > 1).Select(c => Gain(c, split, measure)).OfType<double>().ToList();
        return differences.Count == 0 ? [] : [KeyValuePair.Create(run.Seed, differences.Average())];
    }

    private static double? Gain(StudyCycle cycle, string split, MeasureInfo measure) =>
        cycle.Baselines.TryGetValue(BaselineNames.Imp, out var imp) && imp.TryGetValue(split, out var single) && cycle.Candidates.TryGetValue(split, out var mean)
            ? measure.Gain(mean, single)
            : null;
}
