namespace SparsePipeline.Contracts;

/// <summary>Command: run this prune step; sent only by whoever holds its claim.</summary>
public sealed record PruneCheckpoint
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required PruneSpec Spec { get; init; }
}
