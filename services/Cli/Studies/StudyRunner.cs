using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Reports;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies;
using SparsePipeline.Reporting.Studies.Building;
using SparsePipeline.Standalone;

namespace SparsePipeline.Cli.Studies;

/// <summary>Runs every recipe of a study that no earlier report tells of. A run that fails is told with its failure and does not keep the others from being run.</summary>
internal sealed class StudyRunner(IPipeline pipeline, IRunObserver observer, EarlierRuns earlier, int atOnce)
{
    private readonly ConcurrentDictionary<string, StudyRunReport> _reports = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StudySizes> _sizes = new(StringComparer.Ordinal);

    /// <summary>The figures of every run.</summary>
    public async Task<StudyRuns> RunAsync(Study study, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(study.Recipes, options, async (recipe, token) =>
            _reports[RunId.Of(recipe)] = earlier.Runs.GetValueOrDefault(RunId.Of(recipe)) ?? await RunAsync(recipe, token));
        return new StudyRuns(_reports, _seconds.Values.Sum() + Earlier(study), Sizes(study) ?? earlier.Sizes);
    }

    // All of it or nothing: a report does not say what each run took, since runs share steps.
    private double Earlier(Study study) => study.Recipes.Any(r => earlier.Runs.ContainsKey(RunId.Of(r))) ? earlier.ComputeSeconds : 0;

    // Training examples are counted in the data itself, which every call reads anyway for its digest.
    private StudySizes? Sizes(Study study)
    {
        if (study.Recipes.FirstOrDefault(r => _sizes.ContainsKey(RunId.Of(r))) is not { } recipe)
            return null;
        var (measured, data) = (_sizes[RunId.Of(recipe)], DataSets.Load(recipe.Data));
        return measured with { Examples = new SortedDictionary<string, int>(measured.Examples.ToDictionary(), StringComparer.Ordinal) { [StudySizes.Training] = data.Training.Count } };
    }

    private async Task<StudyRunReport> RunAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await pipeline.RunAsync(recipe, observer, cancellationToken);
            foreach (var step in outcome.Plan.Steps.Where(s => s.Result is not null))
                _seconds[step.Result!.Key] = step.Result.Seconds;
            var report = await RunReports.BuildAsync(recipe, outcome, pipeline.Artifacts, command: null, cancellationToken);
            if (RunSizes.Of(report) is { } sizes)
                _sizes[outcome.RunId] = sizes;
            return RunFigures.Of(report, outcome.Plan.Failure) with { FinishedAt = outcome.Plan.Steps.Max(s => s.Result?.CompletedAt) };
        }
        catch (DomainException refused)
        {
            return new StudyRunReport { Seed = recipe.Seed, RunId = RunId.Of(recipe), Failure = refused.Failure };
        }
    }
}
