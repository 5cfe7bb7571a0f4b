namespace SparsePipeline.Contracts;

/// <summary>Command: run this time step; sent only by whoever holds its claim.</summary>
public sealed record TimeLayers
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required TimeSpec Spec { get; init; }
}
