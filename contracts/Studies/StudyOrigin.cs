namespace SparsePipeline.Contracts;

/// <summary>When what a study judges was written down, and whether its results came after that.</summary>
public sealed record StudyOrigin
{
    /// <summary>
    /// SHA-256 over what verdicts rest on: the claims, the judging seeds, and the grid that judges with every field of its recipes. Titles, notes, sweeps and
    /// tuning seeds are not part of it.
    /// </summary>
    public required string Digest { get; init; }

    /// <summary>The commit since which the digest is what it is; null when there is none, or nobody can tell.</summary>
    public string? Commit { get; init; }

    /// <summary>When that commit was made, as it says itself.</summary>
    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>Why no commit is named; null when one is.</summary>
    public string? Unknown { get; init; }
}
