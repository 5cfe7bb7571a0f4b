using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>The document <c>runs/{runId}/ended.json</c>: how a run ended, so that lists and events need no plan.</summary>
public sealed record RunEnd
{
    /// <summary>One of <see cref="RunStates"/>, not unfinished.</summary>
    public required string State { get; init; }

    /// <summary>When its last step was completed, or when it was stopped.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why it cannot finish; null unless it failed.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The checkpoint of the network it made, or of the last soup on the way there; null when there is none.</summary>
    public ArtifactRef? Soup { get; init; }

    /// <summary>Compute time of all its steps, in seconds, whichever run they were done for.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps whose outputs are stored.</summary>
    public int Done { get; init; }

    /// <summary>Steps in all.</summary>
    public int Total { get; init; }

    /// <summary>The end of a run that cannot even be planned.</summary>
    public static RunEnd Refused(StepFailure why, DateTimeOffset now) => new() { State = RunStates.Failed, At = now, Failure = why };

    /// <summary>How a run with this plan ended.</summary>
    /// <param name="plan">A plan that has ended, or that of a run which was cancelled.</param>
    /// <param name="now">Counts when no step was completed, or when the run was stopped.</param>
    public static RunEnd Of(Plan plan, DateTimeOffset now)
    {
        var state = RunStates.Of(plan, isCancelled: true);
        var results = plan.Steps.Select(s => s.Result).OfType<StepResult>().ToList();
        return new RunEnd
        {
            State = state,
            At = state == RunStates.Cancelled || results.Count == 0 ? now : results.Max(r => r.CompletedAt),
            Failure = state == RunStates.Failed ? plan.Failure : null,
            Soup = Network(plan)?.Result?.Outputs.GetValueOrDefault(OutputNames.Checkpoint),
            Seconds = results.Sum(r => r.Seconds),
            Done = plan.Steps.Count(s => s.State == StepState.Done),
            Total = plan.Steps.Count,
        };
    }

    private static PlannedStep? Network(Plan plan) => plan.Steps.FirstOrDefault(s => s.Node == plan.Network && s.State == StepState.Done)
        ?? plan.Steps.LastOrDefault(s => s.Kind == StepKinds.Soup && s.State == StepState.Done);
}
