namespace SparsePipeline.Contracts;

/// <summary>What one subscription, or the recipe that an event named, made of it.</summary>
public sealed record EventOutcome
{
    /// <summary>A run was started with the checkpoint.</summary>
    public const string Started = "started";

    /// <summary>A newer event took its place before a run was started.</summary>
    public const string Superseded = "superseded";

    /// <summary>No run could be started with it; the failure says why.</summary>
    public const string Dropped = "dropped";

    /// <summary>The subscription; null when the event named its recipe itself.</summary>
    public string? Subscription { get; init; }

    /// <summary><see cref="Started"/>, <see cref="Superseded"/> or <see cref="Dropped"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>The run that was started.</summary>
    public string? RunId { get; init; }

    /// <summary>The event that took its place.</summary>
    public string? By { get; init; }

    /// <summary>Why no run could be started.</summary>
    public StepFailure? Failure { get; init; }
}
