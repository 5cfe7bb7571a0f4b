namespace SparsePipeline.Contracts;

/// <summary>Command: run this evaluation step; sent only by whoever holds its claim.</summary>
public sealed record EvaluateCheckpoint
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required EvaluateSpec Spec { get; init; }
}
