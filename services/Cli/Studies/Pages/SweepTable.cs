using System.Globalization;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>A sweep as Markdown: one row per value.</summary>
internal static class SweepTable
{
    public static string Of(StudyGridReport grid)
    {
        var table = new StringBuilder(Cells.Head(
        [
            grid.Sweep!.Split('.')[^1], "mean member, test", "best member", "soup, test", "soup − mean member", "soup, validation", "IMP, test", "soup − longer IMP",
            "distance of members", "largest barrier, nats", "members taken",
        ]));
        foreach (var cell in grid.Cells)
            table.Append(Cells.Row(
            [
                Name(grid, cell), Accuracy(cell, BaselineNames.MeanCandidate), Accuracy(cell, BaselineNames.BestCandidate), Accuracy(cell, StudyModel.Soup),
                Difference(cell, BaselineNames.MeanCandidate),
                Cells.Accuracy(Figure(cell, StudyModel.Soup, StudySplits.Validation)), Accuracy(cell, BaselineNames.Imp), Difference(cell, BaselineNames.ImpLonger),
                Mean(SweepFigures.Distance(cell), "0.00"), Mean(SweepFigures.Barrier(cell), "0.000"), Mean(SweepFigures.Members(cell), "0.0"),
            ]));
        return table.Append("\nDistance and barrier are those of the last cycle's members, means over the seeds. Longer IMP retrains as many epochs as all members together.\n").ToString();
    }

    private static string Name(StudyGridReport grid, StudyCellReport cell) => string.Join(
        ", ", cell.Settings.OrderBy(s => s.Key != grid.Sweep).Select(s => s.Key == grid.Sweep ? s.Value : $"{s.Key.Split('.')[^1]} {s.Value}"));

    private static string Accuracy(StudyCellReport cell, string model) => Cells.Accuracy(Figure(cell, model, StudySplits.Test));

    private static string Difference(StudyCellReport cell, string model) =>
        Cells.Difference(cell.Differences.FirstOrDefault(d => d.Model == model && d.Split == StudySplits.Test)?.Differences);

    private static StudyFigure? Figure(StudyCellReport cell, string model, string split) =>
        cell.Figures.FirstOrDefault(f => f.Model == model && f.Split == split);

    private static string Mean(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
