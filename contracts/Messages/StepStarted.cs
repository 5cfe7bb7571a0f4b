namespace SparsePipeline.Contracts;

/// <summary>Event: a worker has claimed a step and begins to compute.</summary>
public sealed record StepStarted
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }
}
