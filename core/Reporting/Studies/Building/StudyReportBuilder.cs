using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Statistics;
using SparsePipeline.Reporting.Studies.Claims;

namespace SparsePipeline.Reporting.Studies.Building;

/// <summary>Puts a study's report together from the figures of its runs.</summary>
public static class StudyReportBuilder
{
    /// <param name="study">What was run.</param>
    /// <param name="runs">The figures of every run.</param>
    /// <param name="origin">When what is judged was written down.</param>
    /// <param name="machine">Processor, cores, operating system and versions.</param>
    /// <param name="command">The command line that gives the same study again.</param>
    public static StudyReport Build(Study study, StudyRuns runs, StudyOrigin origin, string machine, string command)
    {
        var grids = study.Grids.Select(g => Grid(g, runs.Reports)).ToList();
        return new StudyReport
        {
            Name = study.Name,
            Title = study.Title,
            Measure = study.Grids.SelectMany(g => g.Cells).FirstOrDefault()?.Recipes.FirstOrDefault()?.Measure,
            Notes = study.Notes,
            Machine = machine,
            Command = command,
            ComputeSeconds = Math.Round(runs.ComputeSeconds, 1),
            Seeds = study.Seeds,
            Grids = grids,
            Origin = origin,
            Computed = Computed(study, runs, origin),
            Sizes = runs.Sizes,
            Claims = [.. grids.Where(g => g.Name == study.Judge?.Name).SelectMany(g => ClaimTests.Of(g, study.Claims))],
        };
    }

    private static StudyComputation? Computed(Study study, StudyRuns runs, StudyOrigin origin)
    {
        var finished = (study.Judge?.Cells ?? []).SelectMany(c => c.Recipes).Select(RunId.Of).Distinct().Select(r => runs.Reports[r].FinishedAt).OfType<DateTimeOffset>().ToList();
        return finished.Count == 0 ? null : new StudyComputation(finished.Min(), finished.Max(), finished.Count, finished.Count(f => f < origin.CommittedAt));
    }

    private static StudyGridReport Grid(StudyGrid grid, IReadOnlyDictionary<string, StudyRunReport> runs) => new()
    {
        Name = grid.Name,
        Title = grid.Title,
        Sweep = grid.Sweep,
        SeedRole = grid.SeedRole,
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
