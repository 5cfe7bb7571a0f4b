using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Runs;

/// <summary>Runs, steps and plans as they are answered.</summary>
internal static class RunAnswers
{
    public static RunAnswer Of(RunStanding standing) => new()
    {
        RunId = standing.RunId,
        State = standing.State,
        Done = standing.Done,
        Total = standing.Total,
        SubmittedAt = standing.Submission?.First ?? standing.Submission?.At,
        EndedAt = standing.EndedAt,
        Failure = standing.Failure,
        Soup = standing.Network,
        Origin = standing.Submission?.Origin,
    };

    public static StepAnswer Of(PlannedStep step) => new()
    {
        Node = step.Node,
        Kind = step.Kind,
        State = step.State.ToString().ToLowerInvariant(),
        Key = step.Key,
        Seconds = step.Result?.Seconds,
        CompletedAt = step.Result?.CompletedAt,
        Outputs = step.Result?.Outputs,
        Metrics = step.Result?.Metrics,
        Failure = step.Result?.Failure,
    };

    public static PlanAnswer Of(string runId, Plan plan)
    {
        var forecast = PlanForecast.Of(plan);
        return new PlanAnswer(
            runId, forecast.Cached, forecast.ToRun, forecast.Epochs, forecast.Seconds, forecast.Bytes, plan.Failure,
            [.. forecast.Steps.Select(s => new PlannedAnswer(s.Node, s.Kind, s.State == ForecastState.Cached, s.Epochs))]);
    }
}
