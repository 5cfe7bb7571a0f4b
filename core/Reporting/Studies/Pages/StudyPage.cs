using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Studies.Pages;

/// <summary>A study as Markdown.</summary>
public static class StudyPage
{
    /// <param name="report">The study.</param>
    /// <param name="charts">Folder of the charts, seen from the page.</param>
    public static string Write(StudyReport report, string charts)
    {
        var page = new StringBuilder(Setting(report)).Append(StudyOriginText.Of(report));
        if (report.Notes is { } notes)
            page.Append('\n').Append(notes.Trim()).Append('\n');
        if (report.Claims.Count > 0)
            page.Append("\n### Claims\n\n").Append(ClaimTable.Of(report));
        foreach (var grid in report.Grids)
        {
            page.Append($"\n### {grid.Title}{(grid.SeedRole == SeedRoles.Tuning ? ", tuning seeds" : "")}\n\n").Append(Role(report, grid));
            foreach (var chart in StudyCharts.Of(grid))
                page.Append($"![{chart.Title}]({charts.Replace('\\', '/')}/{chart.File})\n\n");
            page.Append(grid.Sweep is null ? AverageTable.Of(grid) + FigureTables.Of(grid) : SweepTable.Of(grid));
        }

        return page.Append(Failures(report)).ToString();
    }

    private static string Setting(StudyReport report)
    {
        var recipe = report.Grids[0].Cells[0].Recipe;
        var runs = report.Grids.SelectMany(g => g.Cells).SelectMany(c => c.Runs).DistinctBy(r => r.RunId).ToList();
        return $"Model `{recipe.Model.Name}` on `{recipe.Data.Name}`{Sizes(report)}, "
            + $"{recipe.Pretraining.Epochs} epochs of pretraining and {recipe.Retraining.Epochs} per cycle and candidate, {recipe.Sparsification.Cycles} cycles "
            + $"({recipe.Sparsification.Schedule}), retraining schedule {recipe.Retraining.Schedule}. {runs.Count} runs, tuning seeds "
            + $"{(report.Seeds.Tuning.Count == 0 ? "none" : SeedNames.Of(report.Seeds.Tuning))}, judging seeds {SeedNames.Of(report.Seeds.Judging)}, {Figures.Duration(report.ComputeSeconds)} for all steps one after another. {report.Machine}.{Taken(runs)}{Direction(report)}\n";
    }

    private static string Direction(StudyReport report) => Compared.In(report) is { IsAccuracy: false } compared ? $" Networks are compared by their {compared.Noun}. {compared.Direction}".TrimEnd() : "";

    private static string Taken(List<StudyRunReport> runs) => string.Concat(
        from taken in runs.Where(r => r.TakenFrom is not null).GroupBy(r => r.TakenFrom, StringComparer.Ordinal)
        select $" {taken.Count()} of the runs were computed before, on {taken.Key}.");

    // The recipe's limit is not what is trained on: validation examples are taken from it.
    private static string Sizes(StudyReport report) => report.Sizes is not { } sizes
        ? ""
        : $", {(sizes.Weights is { } weights ? $"{Figures.Count(weights)} prunable weights, " : "")}{string.Join(", ", SizesOf(report, sizes))}";

    private static IEnumerable<string> SizesOf(StudyReport report, StudySizes sizes) =>
        from split in new[] { StudySizes.Training, StudySplits.Validation, StudySplits.Test, StudySplits.Shifted }
        where sizes.Examples.ContainsKey(split)
        select $"{Figures.Count(sizes.Examples[split])} {(split == StudySplits.Shifted ? SplitNames.Title(report.Grids[0], split) : split)} examples";

    private static string Role(StudyReport report, StudyGridReport grid)
    {
        var seeds = grid.Cells.SelectMany(c => c.Runs).Select(r => r.Seed).Distinct().ToList();
        var lacks = report.Missing.FirstOrDefault(m => m.Grid == grid.Name) is { } missing ? $" Not computed yet: seeds {SeedNames.Of(missing.Seeds)}." : "";
        return grid.SeedRole == SeedRoles.Tuning
            ? $"Tuning seeds {SeedNames.Of(seeds)}: by such figures settings were chosen. Nothing here is a verdict.{lacks}\n\n"
            : $"Judging seeds {SeedNames.Of(seeds)}.{lacks}\n\n";
    }

    private static string Failures(StudyReport report)
    {
        var failed = report.Grids.SelectMany(g => g.Cells).SelectMany(c => c.Runs).Where(r => r.Failure is not null).DistinctBy(r => r.RunId).ToList();
        return failed.Count == 0 ? "" : "\n### Runs that failed\n\nThey are left out of every figure above.\n\n"
            + string.Concat(failed.Select(r => $"- seed {r.Seed}, `{r.RunId}`: {r.Failure!.Reason}\n"));
    }
}
