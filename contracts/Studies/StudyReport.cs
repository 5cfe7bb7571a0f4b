namespace SparsePipeline.Contracts;

/// <summary>What came out of a study; written as study.json.</summary>
public sealed record StudyReport
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What the author says about it, as Markdown.</summary>
    public string? Notes { get; init; }

    /// <summary>Processor, cores, operating system and versions.</summary>
    public required string Machine { get; init; }

    /// <summary>The command line that gives the same study again.</summary>
    public required string Command { get; init; }

    /// <summary>Time that all steps took together, each counted once, in seconds of a clock on the wall: steps that ran side by side slowed each other down.</summary>
    public required double ComputeSeconds { get; init; }

    /// <summary>All cells were run with each; comparisons are paired by them.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    public required IReadOnlyList<StudyGridReport> Grids { get; init; }

    /// <summary>What the figures say about each claim, computed.</summary>
    public required IReadOnlyList<StudyClaim> Claims { get; init; }
}
