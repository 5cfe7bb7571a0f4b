using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Reports.Building;

/// <summary>Puts together what came out of a run from its last plan and the reports in the store.</summary>
internal static class RunReportBuilder
{
    /// <summary>The report of a run, also of one that failed on the way: it then has the cycles that were finished.</summary>
    /// <param name="recipe">The recipe that was run.</param>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="artifacts">Where the steps' reports are.</param>
    /// <param name="command">The command line that gives the same run.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<RunReport> BuildAsync(
        Recipe recipe, RunOutcome outcome, IArtifactStore artifacts, string? command, CancellationToken cancellationToken)
    {
        var reader = new ReportReader(artifacts);
        var measurements = await Measurements.ReadAsync(outcome.Plan, reader, cancellationToken);
        var cycles = await new CycleBuilder(recipe, outcome.Plan, measurements, reader).BuildAsync(cancellationToken);
        var baselines = new BaselineBuilder(recipe, outcome.Plan, measurements, cycles).Build();
        return new RunReport
        {
            RunId = outcome.RunId,
            Recipe = recipe,
            WallSeconds = Math.Round(outcome.EarlierWork?.WallSeconds ?? outcome.Wall.TotalSeconds, 3),
            SubmittedAt = outcome.EarlierWork?.SubmittedAt ?? outcome.Since,
            EarlierWork = outcome.EarlierWork is { } work ? new(work.SubmittedAt, Math.Round(work.WallSeconds, 3), work.Cached) : null,
            Machine = MachineDescription.Current(),
            Command = command,
            Inputs = (await reader.ReadAsync<TrainReport>(outcome.Plan.Steps.FirstOrDefault(s => s.Node == NodeNames.Dense), cancellationToken))?.Inputs,
            Steps = [.. outcome.Plan.Steps.Where(s => s.Result is not null).Select(s => Step(s, outcome.Cached.Contains(s.Node)))],
            Cycles = cycles,
            Curves = await CurveBuilder.BuildAsync(outcome.Plan, reader, cancellationToken),
            Baselines = baselines.Present,
            MissingBaselines = baselines.Missing,
        };
    }

    private static ReportedStep Step(PlannedStep step, bool cached) => new()
    {
        Key = step.Key ?? step.Result!.Key,
        Kind = step.Kind,
        Node = step.Node,
        DependsOn = step.DependsOn,
        Cached = cached,
        Seconds = step.Result!.Seconds,
        Failure = step.Result.Failure,
    };
}
