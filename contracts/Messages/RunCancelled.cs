namespace SparsePipeline.Contracts;

/// <summary>Event: the run's owner wants no more work on it; finished steps stay.</summary>
public sealed record RunCancelled
{
    public required string RunId { get; init; }
}
