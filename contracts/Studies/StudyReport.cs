namespace SparsePipeline.Contracts;

/// <summary>What came out of a study; written as study.json.</summary>
public sealed record StudyReport
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>By what networks are compared; null for the accuracy. Whatever a report calls accuracies is then this.</summary>
    public MeasureInfo? Measure { get; init; }

    /// <summary>What the author says about it, as Markdown, with the figures that it asks for.</summary>
    public string? Notes { get; init; }

    /// <summary>Processor, cores, operating system and versions.</summary>
    public required string Machine { get; init; }

    /// <summary>The command line that gives the same study again.</summary>
    public required string Command { get; init; }

    /// <summary>Time that all steps took together, each counted once, in seconds of a clock on the wall: steps that ran side by side slowed each other down.</summary>
    public required double ComputeSeconds { get; init; }

    /// <summary>As the study names them; which grid was run with which is said by <see cref="StudyGridReport.SeedRole"/>.</summary>
    public required StudySeeds Seeds { get; init; }

    /// <summary>Seeds that are not in this report, because it was made of what there was; empty when nothing is missing.</summary>
    public IReadOnlyList<MissingSeeds> Missing { get; init; } = [];

    /// <summary>When what is judged was written down.</summary>
    public required StudyOrigin Origin { get; init; }

    /// <summary>When the runs that judge were finished; null when none was.</summary>
    public StudyComputation? Computed { get; init; }

    /// <summary>How large the networks and the data are; null when no run has finished.</summary>
    public StudySizes? Sizes { get; init; }

    public required IReadOnlyList<StudyGridReport> Grids { get; init; }

    /// <summary>What the figures say about each claim, computed.</summary>
    public required IReadOnlyList<StudyClaim> Claims { get; init; }
}
