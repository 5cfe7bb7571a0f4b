namespace SparsePipeline.Contracts;

/// <summary>Command: run this collect step; sent only by whoever holds its claim.</summary>
public sealed record CollectStatistics
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required CollectSpec Spec { get; init; }
}
