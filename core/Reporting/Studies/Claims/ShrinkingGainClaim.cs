using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>The soup's gain over its mean member at the lowest sparsity of the grid minus that at the highest.</summary>
internal sealed class ShrinkingGainClaim : IClaim
{
    private const string Axis = "sparsification.sparsity";

    public string Name => ClaimNames.GainShrinksWithSparsity;

    public string Statement => "the soup's gain over its mean member is smaller at the highest sparsity than at the lowest";

    public IEnumerable<(string Cell, SeedDifferences Differences)> Evidence(IReadOnlyList<StudyCellReport> cells, string split) =>
        from family in cells.Where(c => c.Setting(Axis) is not null).GroupBy(c => CellNames.Of(c, Axis))
        let ordered = family.OrderBy(c => StudyNumbers.Parse(c.Setting(Axis)!)).ToList()
        where ordered.Count > 1
        let differences = Difference(Gain(ordered[0], split), Gain(ordered[^1], split))
        where differences.BySeed.Count > 0
        select (family.Key, differences);

    private static Dictionary<long, double> Gain(StudyCellReport cell, string split) =>
        StudyAccuracy.Gains(cell, BaselineNames.MeanCandidate, split).ToDictionary(d => d.Key, d => d.Value);

    private static SeedDifferences Difference(Dictionary<long, double> low, Dictionary<long, double> high) =>
        PairedBySeed.Of(low.Where(d => high.ContainsKey(d.Key)).Select(d => KeyValuePair.Create(d.Key, d.Value - high[d.Key])));
}
