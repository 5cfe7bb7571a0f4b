namespace SparsePipeline.Contracts;

/// <summary>The data of events that say how a run ended.</summary>
public sealed record RunEnded
{
    public required string RunId { get; init; }

    /// <summary><c>finished</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it failed.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The network it made, or the last soup on the way there.</summary>
    public ArtifactRef? Soup { get; init; }

    /// <summary>Compute time of all its steps, in seconds, whichever run they were done for.</summary>
    public double Seconds { get; init; }

    /// <summary>Steps whose outputs are stored.</summary>
    public int Done { get; init; }

    /// <summary>Steps in all; 0 when a run was cancelled without a look at its plan.</summary>
    public int Total { get; init; }
}
