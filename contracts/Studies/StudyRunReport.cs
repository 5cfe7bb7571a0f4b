namespace SparsePipeline.Contracts;

/// <summary>All figures of one run of a study.</summary>
public sealed record StudyRunReport
{
    public required long Seed { get; init; }

    public required string RunId { get; init; }

    /// <summary>Why it did not finish; null when it did.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The last soup first, then every baseline.</summary>
    public IReadOnlyList<StudyModel> Models { get; init; } = [];

    public IReadOnlyList<StudyCycle> Cycles { get; init; } = [];

    /// <summary>When its last step was finished; null for a run that was refused.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Machine and versions it was computed with, when the run was taken from an earlier report; null when it was not.</summary>
    public string? TakenFrom { get; init; }
}
