using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A comparison in few lines: every model averaged over the grid, and the soup of the same runs minus it.</summary>
internal static class AverageTable
{
    /// <summary>Test, and what tells most about other data; empty for a grid of one cell, which is its own average.</summary>
    public static string Of(StudyGridReport grid)
    {
        if (grid.Cells.Count < 2)
            return "";
        var (splits, compared) = (SplitNames.Headline(grid), Compared.In(grid));
        var table = new StringBuilder(Cells.Head(["", .. splits.SelectMany(s => new[] { $"{SplitNames.Title(grid, s)}{compared.Percent}", $"soup minus it, {SplitNames.Title(grid, s)}" })]));
        foreach (var row in ModelRow.Of(grid))
            table.Append(Cells.Row([row.Model == StudyModel.Soup ? $"**{row.Title}**" : row.Title, .. splits.SelectMany(s => Pair(grid, row, s, compared))]));
        return $"Averages over the grid, seed by seed; differences{compared.InPoints} with the 95 % interval, paired by seed:\n\n{table}\n";
    }

    private static string[] Pair(StudyGridReport grid, ModelRow row, string split, Compared compared)
    {
        var soup = row.Soup.Length == 0 ? grid.Cells[0].Recipe.Soup.Method.Name : row.Soup;
        var accuracy = GridAverages.Accuracy(grid, soup, row.Model, split) is { BySeed.Count: > 0 } mean ? compared.Bare(mean.Mean) : Cells.None;
        return [accuracy, row.Model == StudyModel.Soup ? "" : Cells.Difference(GridAverages.Gain(grid, soup, row.Model, split), compared, grid.SeedRole == SeedRoles.Judging)];
    }
}
