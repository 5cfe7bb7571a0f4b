namespace SparsePipeline.Contracts;

/// <summary>Every combination of some axes.</summary>
public sealed record StudyGridReport
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The axis it is drawn against; null for a comparison; on the first of these that judges claims are tested.</summary>
    public string? Sweep { get; init; }

    /// <summary>One of <see cref="SeedRoles"/>: whether its runs chose settings or judge them.</summary>
    public required string SeedRole { get; init; }

    /// <summary>Fields of the recipe that it varies.</summary>
    public required IReadOnlyList<string> Axes { get; init; }

    public required IReadOnlyList<StudyCellReport> Cells { get; init; }
}
