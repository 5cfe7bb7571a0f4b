using System.Text;
using SparsePipeline.Cli.Reports;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Studies.Pages;

/// <summary>A study as Markdown.</summary>
internal static class StudyPage
{
    /// <param name="report">The study.</param>
    /// <param name="charts">Folder of the charts, seen from the page.</param>
    public static string Write(StudyReport report, string charts)
    {
        var page = new StringBuilder(Setting(report));
        if (report.Notes is { } notes)
            page.Append('\n').Append(notes.Trim()).Append('\n');
        if (report.Claims.Count > 0)
            page.Append("\n### Claims\n\n").Append(ClaimTable.Of(report));
        foreach (var grid in report.Grids)
        {
            page.Append($"\n### {grid.Title}\n\n");
            foreach (var chart in StudyCharts.Of(grid))
                page.Append($"![{chart.Title}]({charts.Replace('\\', '/')}/{chart.File})\n\n");
            page.Append(grid.Sweep is null ? FigureTables.Of(grid) : SweepTable.Of(grid));
        }

        return page.Append(Failures(report)).ToString();
    }

    private static string Setting(StudyReport report)
    {
        var recipe = report.Grids[0].Cells[0].Recipe;
        var runs = report.Grids.SelectMany(g => g.Cells).SelectMany(c => c.Runs).DistinctBy(r => r.RunId).ToList();
        return $"Model `{recipe.Model.Name}` on `{recipe.Data.Name}`{(recipe.Data.Limit is { } limit ? $", {Figures.Count(limit)} training examples" : "")}, "
            + $"{recipe.Pretraining.Epochs} epochs of pretraining and {recipe.Retraining.Epochs} per cycle and candidate, {recipe.Sparsification.Cycles} cycles "
            + $"({recipe.Sparsification.Schedule}), retraining schedule {recipe.Retraining.Schedule}. {runs.Count} runs with {report.Seeds.Count} seeds "
            + $"({string.Join(", ", report.Seeds)}), {Figures.Duration(report.ComputeSeconds)} for all steps one after another. {report.Machine}.\n";
    }

    private static string Failures(StudyReport report)
    {
        var failed = report.Grids.SelectMany(g => g.Cells).SelectMany(c => c.Runs).Where(r => r.Failure is not null).DistinctBy(r => r.RunId).ToList();
        return failed.Count == 0 ? "" : "\n### Runs that failed\n\nThey are left out of every figure above.\n\n"
            + string.Concat(failed.Select(r => $"- seed {r.Seed}, `{r.RunId}`: {r.Failure!.Reason}\n"));
    }
}
