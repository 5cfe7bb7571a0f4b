using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Charts;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>What members and soup are worth, and the members' distance, against the value that is swept, for every combination of the other axes.</summary>
internal static class SweepCharts
{
    public static IEnumerable<StudyChart> Of(StudyGridReport grid)
    {
        var families = grid.Cells.Where(c => c.Figures.Count > 0).GroupBy(c => $"{c.Setting(CellNames.SoupAxis)} {CellNames.Of(c, grid.Sweep)}".Trim()).ToList();
        foreach (var (family, number) in families.Select((f, i) => (f, i)))
        {
            var cells = family.OrderBy(c => StudyNumbers.Parse(c.Setting(grid.Sweep!)!)).ToList();
            var suffix = families.Count == 1 ? "" : $"-{number + 1}";
            var title = family.Key.Length == 0 ? grid.Title : $"{grid.Title}: {family.Key}";
            var compared = Compared.In(grid);
            yield return Draw($"{grid.Name}-{compared.Name}{suffix}.svg", $"{title}, test {compared.Noun}", grid, cells, compared.Title, v => compared.Tick(v, "0.##"), Values(grid, cells));
            foreach (var split in SplitNames.Headline(grid))
                yield return Gain(grid, split, cells, suffix, title);
            yield return Draw($"{grid.Name}-distance{suffix}.svg", $"{title}, distance of the members", grid, cells, "Mean distance between members", Real, Distances(grid, cells));
        }
    }

    private static StudyChart Gain(StudyGridReport grid, string split, IReadOnlyList<StudyCellReport> cells, string suffix, string title)
    {
        var (on, compared) = (SplitNames.Title(grid, split), Compared.In(grid));
        return Draw(
            $"{grid.Name}-gain-{split}{suffix}.svg", $"{title}, what the soup gains on {on}", grid, cells, $"{(compared.Direction.Length == 0 ? "Soup minus each" : "Each minus the soup")}, {on}{(compared.InPoints.Length > 0 ? "," : "")}{compared.InPoints}", Real, Gains(grid, split, cells));
    }

    private static StudyChart Draw(
        string file, string title, StudyGridReport grid, IReadOnlyList<StudyCellReport> cells, string vertical, Func<double, string> format, IReadOnlyList<ChartSeries> series)
    {
        var positions = cells.Select(c => (Position: Position(grid, c), Label: c.Setting(grid.Sweep!)!)).ToList();
        var margin = 0.05 * Math.Max(0.1, positions[^1].Position - positions[0].Position);
        var across = new Axis(grid.Sweep!.Split('.')[^1], positions[0].Position - margin, positions[^1].Position + margin, positions, Real);
        return StandaloneChart.Draw(file, new LineChart(title, "", across, Axis.Around(vertical, series.SelectMany(s => s.Points).Select(p => p.Y), format), series));
    }

    private static ChartSeries[] Values(StudyGridReport grid, IReadOnlyList<StudyCellReport> cells)
    {
        return [.. All().Where(s => s.Points.Any(p => double.IsFinite(p.Y)))];

        ChartSeries[] All() =>
        [
            Series("mean member", "series candidates", Marker.Ring, BaselineNames.MeanCandidate),
            Series("best member", "series baseline-1", Marker.Square, BaselineNames.BestCandidate),
            Series("IMP", "series baseline-2", Marker.Triangle, BaselineNames.Imp),
            Series("longer IMP", "series baseline-3", Marker.Diamond, BaselineNames.ImpLonger),
            Series("soup", "series soup", Marker.Dot, StudyModel.Soup),
        ];

        ChartSeries Series(string name, string cssClass, Marker marker, string model) => new(
            name, cssClass, [.. cells.Select(c => (Position(grid, c), SparsityCharts.Mean(c, model, StudySplits.Test)))], marker, Connected: true);
    }

    // Accuracies spread over tens of points along a sweep, gains over one or two: they need a scale of their own.
    private static ChartSeries[] Gains(StudyGridReport grid, string split, IReadOnlyList<StudyCellReport> cells)
    {
        var compared = Compared.In(grid);
        return [.. All().Where(s => s.Points.Any(p => double.IsFinite(p.Y)))];

        ChartSeries[] All() =>
        [
            Series("over the best member", "series baseline-1", Marker.Square, BaselineNames.BestCandidate),
            Series("over IMP", "series baseline-2", Marker.Triangle, BaselineNames.Imp),
            Series("over longer IMP", "series baseline-3", Marker.Diamond, BaselineNames.ImpLonger),
            Series("over the mean member", "series soup", Marker.Dot, BaselineNames.MeanCandidate),
        ];

        ChartSeries Series(string name, string cssClass, Marker marker, string model) => new(
            name, cssClass, [.. cells.Select(c => (Position(grid, c), compared.Scale * compared.Gain(Difference(c, model)?.Mean ?? double.NaN)))], marker, Connected: true);

        SeedDifferences? Difference(StudyCellReport cell, string model) =>
            cell.Differences.FirstOrDefault(d => d.Model == model && d.Split == split)?.Differences;
    }

    private static ChartSeries[] Distances(StudyGridReport grid, IReadOnlyList<StudyCellReport> cells) =>
        [new("distance", "series soup", [.. cells.Select(c => (Position(grid, c), SweepFigures.Distance(c) ?? double.NaN))], Marker.Dot, Connected: true)];

    private static double Position(StudyGridReport grid, StudyCellReport cell) => Math.Log10(StudyNumbers.Parse(cell.Setting(grid.Sweep!)!));

    private static string Real(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
