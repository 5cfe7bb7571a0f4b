using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Charts;
using SparsePipeline.Reporting.Html;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>What networks are compared by against the sparsity at the end of the run, split by split, for every combination of the other axes.</summary>
internal static class SparsityCharts
{
    private const string Field = "sparsification.sparsity";
    private static readonly Marker[] Shapes = [Marker.Square, Marker.Triangle, Marker.Diamond, Marker.Cross];

    /// <summary>None for a grid that has one sparsity.</summary>
    public static IEnumerable<StudyChart> Of(StudyGridReport grid)
    {
        var families = grid.Cells.Where(c => c.Setting(Field) is not null && c.Figures.Count > 0).GroupBy(c => CellNames.Of(c, Field)).ToList();
        foreach (var (family, number) in families.Select((f, i) => (f, i)).Where(f => f.f.Select(c => c.Setting(Field)).Distinct().Count() > 1))
            foreach (var split in SplitNames.Compared(grid))
                yield return Draw(grid, family.Key, [.. family.OrderBy(Sparsity)], split, families.Count == 1 ? "" : $"-{number + 1}");
    }

    /// <summary>What a model is worth in a cell, mean over the seeds; not a number when there is none.</summary>
    public static double Mean(StudyCellReport cell, string model, string split) =>
        cell.Figures.FirstOrDefault(f => f.Model == model && f.Split == split)?.Mean ?? double.NaN;

    private static StudyChart Draw(StudyGridReport grid, string family, IReadOnlyList<StudyCellReport> cells, string split, string suffix)
    {
        var rows = ModelRow.Of(grid);
        // Members of a second kind of soup lie on those of the first; the tables have them.
        var series = rows.Where(r => r.Model == StudyModel.Soup || (r.Model != BaselineNames.Dense && r.Soup == rows[0].Soup)).Select((r, i) => Series(r, i, cells, split)).Where(s => s.Points.Count > 0).Reverse().ToList();
        var (title, compared) = (SplitNames.Title(grid, split), Compared.In(grid));
        var positions = cells.Select(c => (SparsityScale.Position(Sparsity(c)), $"{100 * Sparsity(c):0.#} %")).Distinct().ToList();
        var margin = 0.05 * (positions[^1].Item1 - positions[0].Item1);
        var chart = new LineChart(
            $"{compared.Title} on {title} against sparsity{(family.Length == 0 ? "" : $", {family}")}", "",
            new Axis("Sparsity", positions[0].Item1 - margin, positions[^1].Item1 + margin, positions, v => Figures.Percent(SparsityScale.Sparsity(v))),
            Axis.Around(compared.Title, series.SelectMany(s => s.Points).Select(p => p.Y), v => compared.Tick(v, "0.##")),
            series);
        return StandaloneChart.Draw($"{grid.Name}-{split.Replace('/', '-')}{suffix}.svg", chart);
    }

    private static ChartSeries Series(ModelRow row, int index, IReadOnlyList<StudyCellReport> cells, string split)
    {
        var isSoup = row.Model == StudyModel.Soup;
        var points = cells.Where(c => (c.Setting(CellNames.SoupAxis) ?? "") == row.Soup).Select(c => (SparsityScale.Position(Sparsity(c)), Mean(c, row.Model, split)));
        return new ChartSeries(
            row.Title, isSoup && index == 0 ? "series soup" : $"series baseline-{index % 6}", [.. points.Where(p => double.IsFinite(p.Item2))],
            isSoup ? Marker.Dot : Shapes[index % Shapes.Length], Connected: true);
    }

    private static double Sparsity(StudyCellReport cell) => StudyNumbers.Parse(cell.Setting(Field)!);
}
