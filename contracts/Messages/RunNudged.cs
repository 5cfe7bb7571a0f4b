namespace SparsePipeline.Contracts;

/// <summary>Event: plan this run again; sent by sweeps and by whoever suspects that an event was lost.</summary>
public sealed record RunNudged
{
    public required string RunId { get; init; }
}
