using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>The charts of a study.</summary>
public static class StudyCharts
{
    public static IEnumerable<StudyChart> Of(StudyReport report) => report.Grids.SelectMany(Of);

    /// <summary>None when no run of the grid has finished.</summary>
    public static IEnumerable<StudyChart> Of(StudyGridReport grid) =>
        grid.Cells.All(c => c.Figures.Count == 0) ? [] : grid.Sweep is null ? SparsityCharts.Of(grid) : SweepCharts.Of(grid);
}
