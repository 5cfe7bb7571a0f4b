using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Every combination of some axes.</summary>
public sealed record StudyGrid
{
    /// <summary>Kebab-case, unique within the study.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public required string Title { get; init; }

    /// <summary>The axis along which the grid is a sweep, to be drawn against it; null for a comparison.</summary>
    public string? Sweep { get; init; }

    /// <summary>One of <see cref="SeedRoles"/>: with which of the study's seeds it is run.</summary>
    public required string SeedRole { get; init; }

    /// <summary>In the order of the study; a grid without axes has one cell.</summary>
    public required IReadOnlyList<StudyAxis> Axes { get; init; }

    /// <summary>The last axis varies fastest.</summary>
    public required IReadOnlyList<StudyCell> Cells { get; init; }
}
