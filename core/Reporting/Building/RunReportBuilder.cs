using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Puts together what came out of a run from its last plan and the reports of its steps.</summary>
public static class RunReportBuilder
{
    /// <summary>The report of a run, also of one that failed on the way: it then has the cycles that were finished.</summary>
    /// <param name="run">How the run ended.</param>
    /// <param name="source">Where the steps' reports are.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="DomainException">A report is missing or damaged.</exception>
    public static async Task<RunReport> BuildAsync(EndedRun run, IReportSource source, CancellationToken cancellationToken)
    {
        var (recipe, plan, reader) = (run.Recipe, run.Plan, new ReportReader(source));
        var measurements = await Measurements.ReadAsync(plan, reader, cancellationToken);
        var cycles = await new CycleBuilder(recipe, plan, measurements, reader).BuildAsync(cancellationToken);
        var baselines = new BaselineBuilder(recipe, plan, measurements, cycles).Build();
        return new RunReport
        {
            RunId = run.RunId,
            Recipe = recipe,
            WallSeconds = Math.Round(run.EarlierWork?.WallSeconds ?? run.WallSeconds, 3),
            SubmittedAt = run.EarlierWork?.SubmittedAt ?? run.SubmittedAt,
            EarlierWork = run.EarlierWork is { } work ? work with { WallSeconds = Math.Round(work.WallSeconds, 3) } : null,
            Machine = run.Machine,
            Command = run.Command,
            Network = plan.Network,
            Networks = NetworkBuilder.Build(plan, measurements),
            Inputs = (await reader.ReadAsync<TrainReport>(FirstTraining(plan), cancellationToken))?.Inputs,
            Steps = [.. plan.Steps.Where(s => s.Result is not null).Select(s => Step(s, run.Cached.Contains(s.Node)))],
            Cycles = cycles,
            Curves = await CurveBuilder.BuildAsync(plan, recipe.Measure, reader, cancellationToken),
            Baselines = baselines.Present,
            MissingBaselines = baselines.Missing,
        };
    }

    // All trainings of a run have the same inputs; of weights that were given there is no pretraining that tells them.
    private static PlannedStep? FirstTraining(Plan plan) =>
        plan.Steps.FirstOrDefault(s => s.Node == NodeNames.Dense) ?? plan.Steps.FirstOrDefault(s => s is { Kind: StepKinds.Train, State: StepState.Done });

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
