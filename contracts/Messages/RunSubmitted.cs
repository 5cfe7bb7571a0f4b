namespace SparsePipeline.Contracts;

/// <summary>Event: a run's recipe is stored and its first steps may start.</summary>
public sealed record RunSubmitted
{
    public required string RunId { get; init; }
}
