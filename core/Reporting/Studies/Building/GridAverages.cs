using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Figures of a comparison averaged over its cells, seed by seed; null where a cell lacks the model.</summary>
internal static class GridAverages
{
    /// <summary>The accuracy of a model, with its interval over the seeds.</summary>
    /// <param name="grid">The comparison.</param>
    /// <param name="soup">Kind of soup whose runs count.</param>
    /// <param name="model">The model.</param>
    /// <param name="split">One of <see cref="StudySplits"/>.</param>
    public static SeedDifferences? Accuracy(StudyGridReport grid, string soup, string model, string split) => Pool(Cells(grid, soup).Select(c => PairedBySeed.Of(
        from run in c.Runs
        let accuracy = StudyAccuracy.Of(run, model, split)
        where accuracy is not null
        select KeyValuePair.Create(run.Seed, accuracy.Value))));

    /// <summary>The soup minus a model of the same runs; the parameters are those of <see cref="Accuracy"/>.</summary>
    public static SeedDifferences? Gain(StudyGridReport grid, string soup, string model, string split) =>
        Pool(Cells(grid, soup).Select(c => PairedBySeed.Of(StudyAccuracy.Differences(c.Runs, StudyModel.Soup, model, split))));

    private static IEnumerable<StudyCellReport> Cells(StudyGridReport grid, string soup) =>
        grid.Cells.Where(c => (c.Setting(CellNames.SoupAxis) ?? c.Recipe.Soup.Method.Name) == soup);

    private static SeedDifferences? Pool(IEnumerable<SeedDifferences> cells)
    {
        var all = cells.ToList();
        return all.Count == 0 || all.Exists(c => c.BySeed.Count == 0) ? null : PairedBySeed.Pool(all);
    }
}
