namespace SparsePipeline.Contracts;

/// <summary>Event: an evaluate step has stored its report.</summary>
public sealed record CheckpointEvaluated
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required ArtifactRef Report { get; init; }

    /// <summary>The event for a result.</summary>
    public static CheckpointEvaluated Of(string runId, StepResult result) =>
        new() { RunId = runId, StepKey = result.Key, Report = result.Outputs[OutputNames.Report] };
}
