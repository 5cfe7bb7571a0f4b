using SparsePipeline.Cli.Studies.Claims;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Studies.Building;

/// <summary>Puts a study's report together from the figures of its runs.</summary>
internal static class StudyReportBuilder
{
    /// <param name="study">What was run.</param>
    /// <param name="runs">The figures of every run.</param>
    /// <param name="command">The command line that gives the same study again.</param>
    public static StudyReport Build(Study study, StudyRuns runs, string command)
    {
        var grids = study.Grids.Select(g => Grid(g, runs.Reports)).ToList();
        return new StudyReport
        {
            Name = study.Name,
            Title = study.Title,
            Notes = study.Notes,
            Machine = MachineDescription.Current(),
            Command = command,
            ComputeSeconds = Math.Round(runs.ComputeSeconds, 1),
            Seeds = study.Seeds,
            Grids = grids,
            // One grid speaks for the claims: another that looks at one of its corners would count the same runs twice.
            Claims = [.. grids.Where(g => g.Sweep is null).Take(1).SelectMany(ClaimTests.Of)],
        };
    }

    private static StudyGridReport Grid(StudyGrid grid, IReadOnlyDictionary<string, StudyRunReport> runs) => new()
    {
        Name = grid.Name,
        Title = grid.Title,
        Sweep = grid.Sweep,
        Axes = [.. grid.Axes.Select(a => a.Field)],
        Cells = [.. grid.Cells.Select(c => Cell(c, [.. c.Recipes.Select(r => runs[RunId.Of(r)])]))],
    };

    private static StudyCellReport Cell(StudyCell cell, IReadOnlyList<StudyRunReport> runs)
    {
        var pairs = runs.SelectMany(r => r.Models).SelectMany(m => m.Accuracies.Keys.Select(s => (m.Name, Split: s))).Distinct().ToList();
        return new StudyCellReport
        {
            Settings = cell.Settings,
            Recipe = cell.Recipes[0],
            Runs = runs,
            Figures = [.. pairs.Select(p => Figure(p.Name, p.Split, runs))],
            Differences =
            [
                .. pairs.Where(p => p.Name != StudyModel.Soup)
                    .Select(p => new StudyDifference(p.Name, p.Split, PairedBySeed.Of(StudyAccuracy.Differences(runs, StudyModel.Soup, p.Name, p.Split)))),
            ],
        };
    }

    private static StudyFigure Figure(string model, string split, IReadOnlyList<StudyRunReport> runs)
    {
        var values = runs.Select(r => StudyAccuracy.Of(r, model, split)).OfType<double>().ToList();
        return new StudyFigure(model, split, values.Count, values.Average(), StudentInterval.Deviation(values));
    }
}
