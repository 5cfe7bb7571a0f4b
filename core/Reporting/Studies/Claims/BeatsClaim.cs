using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Claims;

/// <summary>The soup is better than another model of its run.</summary>
internal sealed class BeatsClaim(string name, string statement, string model) : IClaim
{
    public string Name => name;

    public string Statement => statement;

    public IEnumerable<(string Cell, SeedDifferences Differences)> Evidence(IReadOnlyList<StudyCellReport> cells, string split) =>
        from cell in cells
        let differences = PairedBySeed.Of(StudyAccuracy.Gains(cell, model, split))
        where differences.BySeed.Count > 0
        select (CellNames.Of(cell), differences);
}
