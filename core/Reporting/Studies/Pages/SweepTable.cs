using System.Globalization;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A sweep as Markdown: one row per value.</summary>
internal static class SweepTable
{
    public static string Of(StudyGridReport grid)
    {
        var columns = Columns(grid).Where(c => grid.Cells.Any(cell => c.Text(cell) != Cells.None)).ToList();
        var table = new StringBuilder(Cells.Head([grid.Sweep!.Split('.')[^1], .. columns.Select(c => c.Head)]));
        foreach (var cell in grid.Cells)
            table.Append(Cells.Row([Name(grid, cell), .. columns.Select(c => c.Text(cell))]));
        return table.Append(
            "\nDistance and barrier are those of the last cycle's members, means over the seeds; the distance is taken over all tensors, BatchNorm's "
            + "running statistics among them. Longer IMP retrains as many epochs as all members together.\n").ToString();
    }

    private static IEnumerable<(string Head, Func<StudyCellReport, string> Text)> Columns(StudyGridReport grid)
    {
        yield return ("mean member, test", c => Value(c, BaselineNames.MeanCandidate));
        yield return ("best member", c => Value(c, BaselineNames.BestCandidate));
        yield return ("soup, test", c => Value(c, StudyModel.Soup));
        yield return ("soup, validation", c => Cells.Value(Figure(c, StudyModel.Soup, StudySplits.Validation), Compared.In(grid)));
        yield return ("IMP, test", c => Value(c, BaselineNames.Imp));
        foreach (var (model, title) in new[] { (BaselineNames.MeanCandidate, "mean member"), (BaselineNames.ImpLonger, "longer IMP") })
            foreach (var split in SplitNames.Headline(grid))
                yield return ($"soup − {title}, {SplitNames.Title(grid, split)}", c => Difference(c, model, split, grid.SeedRole == SeedRoles.Judging));
        yield return ("distance of members", c => Mean(SweepFigures.Distance(c), "0.00"));
        yield return ("largest barrier, nats", c => Mean(SweepFigures.Barrier(c), "0.000"));
        yield return ("members taken", c => Mean(SweepFigures.Members(c), "0.0"));
    }

    private static string Name(StudyGridReport grid, StudyCellReport cell) => string.Join(
        ", ", cell.Settings.OrderBy(s => s.Key != grid.Sweep).Select(s => s.Key == grid.Sweep ? s.Value : $"{s.Key.Split('.')[^1]} {s.Value}"));

    private static string Value(StudyCellReport cell, string model) => Cells.Value(Figure(cell, model, StudySplits.Test), new Compared(Compared.Of(cell)));

    private static string Difference(StudyCellReport cell, string model, string split, bool bold) =>
        Cells.Difference(cell.Differences.FirstOrDefault(d => d.Model == model && d.Split == split)?.Differences, new Compared(Compared.Of(cell)), bold);

    private static StudyFigure? Figure(StudyCellReport cell, string model, string split) =>
        cell.Figures.FirstOrDefault(f => f.Model == model && f.Split == split);

    private static string Mean(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Cells.None;
}
