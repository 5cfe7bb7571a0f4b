using System.Globalization;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A comparison as Markdown: what networks are compared by, and paired differences of every model in every cell, split by split.</summary>
internal static class FigureTables
{
    public static string Of(StudyGridReport grid)
    {
        var (rows, compared) = (ModelRow.Of(grid), Compared.In(grid));
        var page = new StringBuilder();
        foreach (var split in SplitNames.Compared(grid))
        {
            var title = SplitNames.Title(grid, split);
            page.Append($"{compared.Title} on {title}{compared.InPercent}, mean ± standard deviation over the seeds:\n\n").Append(Values(grid, rows, split, compared)).Append('\n')
                .Append($"The soup of the same runs minus each, on {title},{compared.InPoints} with the 95 % interval, paired by seed{(IsBold(grid) ? "; bold where 0 is outside" : "")}:\n\n")
                .Append(Differences(grid, rows, split, compared)).Append('\n');
        }

        return page.Append(Taken(grid)).Append(BySeed(grid, rows, compared)).ToString();
    }

    // Soups that choose say little without how many they chose.
    private static string Taken(StudyGridReport grid)
    {
        var cells = grid.Cells.Where(c => SweepFigures.Members(c) is { } taken && taken < c.Recipe.Retraining.Candidates).ToList();
        return cells.Count == 0 ? "" : "Members that soups took in the last cycle, where not all of them, means over the seeds: "
            + string.Join("; ", cells.Select(c => string.Create(CultureInfo.InvariantCulture, $"{CellNames.Full(c)}: {SweepFigures.Members(c):0.0}"))) + ".\n\n";
    }

    private static string Values(StudyGridReport grid, IReadOnlyList<ModelRow> rows, string split, Compared compared)
    {
        var columns = Columns(grid);
        var table = new StringBuilder(Cells.Head(["", .. columns, "sparsity %", "retraining epochs"]));
        foreach (var row in rows)
            table.Append(Cells.Row(
            [
                row.Model == StudyModel.Soup ? $"**{row.Title}**" : row.Title,
                .. columns.Select(c => Cells.Value(Cell(grid, c, row)?.Figures.FirstOrDefault(f => f.Model == row.Model && f.Split == split), compared)),
                Sparsities(grid, row),
                Epochs(grid, row),
            ]));
        return table.ToString();
    }

    private static string Differences(StudyGridReport grid, IReadOnlyList<ModelRow> rows, string split, Compared compared)
    {
        var columns = Columns(grid);
        var table = new StringBuilder(Cells.Head(["", .. columns]));
        foreach (var row in rows.Where(r => r.Model != StudyModel.Soup))
            table.Append(Cells.Row([row.Title, .. columns.Select(c => Cells.Difference(Find(Cell(grid, c, row), row, split), compared, IsBold(grid)))]));
        return table.ToString();
    }

    private static string BySeed(StudyGridReport grid, IReadOnlyList<ModelRow> rows, Compared compared)
    {
        var columns = Columns(grid);
        var table = new StringBuilder(Cells.Head(["", .. columns]));
        foreach (var row in rows.Where(r => r.Model != StudyModel.Soup))
            table.Append(Cells.Row([row.Title, .. columns.Select(c => Find(Cell(grid, c, row), row, StudySplits.Test) is { } d ? Cells.BySeed(d, compared) : Cells.None)]));
        return $"<details><summary>The soup minus each on test, seed by seed{(compared.InPoints.Length > 0 ? "," : "")}{compared.InPoints}</summary>\n\n{table}\n</details>\n";
    }

    private static bool IsBold(StudyGridReport grid) => grid.SeedRole == SeedRoles.Judging;

    private static List<string> Columns(StudyGridReport grid) => [.. grid.Cells.Select(c => CellNames.Of(c)).Distinct()];

    private static StudyCellReport? Cell(StudyGridReport grid, string column, ModelRow row) =>
        grid.Cells.FirstOrDefault(c => CellNames.Of(c) == column && (c.Setting(CellNames.SoupAxis) ?? "") == row.Soup);

    private static SeedDifferences? Find(StudyCellReport? cell, ModelRow row, string split) =>
        cell?.Differences.FirstOrDefault(d => d.Model == row.Model && d.Split == split)?.Differences;

    // What was reached: an average of networks with masks of their own is less sparse than each of them.
    private static string Sparsities(StudyGridReport grid, ModelRow row) => string.Join(
        ", ",
        Columns(grid).Select(c => Models(Cell(grid, c, row), row)).Where(models => models.Count > 0)
            .Select(models => Cells.Percent(models.Average(m => m.Sparsity))).Distinct());

    private static string Epochs(StudyGridReport grid, ModelRow row) => string.Join(
        ", ", Columns(grid).SelectMany(c => Models(Cell(grid, c, row), row)).Select(m => m.Epochs).Distinct().Order());

    private static List<StudyModel> Models(StudyCellReport? cell, ModelRow row) =>
        [.. (cell?.Runs ?? []).SelectMany(r => r.Models).Where(m => m.Name == row.Model)];
}
