namespace SparsePipeline.Contracts;

/// <summary>Command: run this train step; sent only by whoever holds its claim.</summary>
public sealed record TrainCheckpoint
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required TrainSpec Spec { get; init; }
}
