namespace SparsePipeline.Contracts;

/// <summary>Event: an evaluate step has stored its report.</summary>
public sealed record CheckpointEvaluated
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required ArtifactRef Report { get; init; }
}
