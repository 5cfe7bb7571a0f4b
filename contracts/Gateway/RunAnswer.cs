namespace SparsePipeline.Contracts;

/// <summary>Where a run stands.</summary>
public sealed record RunAnswer
{
    public required string RunId { get; init; }

    /// <summary><c>unfinished</c>, <c>failed</c>, <c>cancelled</c> or <c>finished</c>.</summary>
    public required string State { get; init; }

    /// <summary>Steps whose outputs are stored.</summary>
    public int Done { get; init; }

    /// <summary>Steps in all.</summary>
    public int Total { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The network it made.</summary>
    public ArtifactRef? Soup { get; init; }

    /// <summary>Where it was submitted.</summary>
    public string? Origin { get; init; }
}
