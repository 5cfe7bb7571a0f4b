namespace SparsePipeline.Contracts;

/// <summary>What the figures say about one claim.</summary>
public sealed record StudyClaim
{
    /// <summary>Kebab-case.</summary>
    public required string Claim { get; init; }

    /// <summary>The claim in words; it holds when the difference is above 0.</summary>
    public required string Statement { get; init; }

    public required string Grid { get; init; }

    /// <summary>One of <see cref="StudySplits"/>.</summary>
    public required string Split { get; init; }

    /// <summary>Which kind of soup.</summary>
    public required string Soup { get; init; }

    /// <summary>By how much the soup is better, whichever direction is: per seed the mean over the grid's cells.</summary>
    public required SeedDifferences Differences { get; init; }

    /// <summary>One of <see cref="Verdicts"/>, as if this were the only claim.</summary>
    public required string Verdict { get; init; }

    /// <summary>What is left of it among all claims of the study on this split.</summary>
    public required CorrectedVerdict Corrected { get; init; }

    /// <summary>The same claim cell by cell.</summary>
    public required IReadOnlyList<StudyClaimCell> Cells { get; init; }
}
