namespace SparsePipeline.Contracts;

/// <summary>One combination of a grid's axes over all seeds.</summary>
public sealed record StudyCellReport
{
    /// <summary>Field of the recipe and value, in the order of the axes.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <summary>The recipe of the first seed.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>One per seed, in the study's order; one that failed has its failure and no figures.</summary>
    public required IReadOnlyList<StudyRunReport> Runs { get; init; }

    /// <summary>Mean and spread of every model on every split, the runs without failure counted.</summary>
    public required IReadOnlyList<StudyFigure> Figures { get; init; }

    /// <summary>The soup minus every other model on every split, seed by seed.</summary>
    public required IReadOnlyList<StudyDifference> Differences { get; init; }

    /// <summary>The value of an axis; null when the grid does not vary it.</summary>
    public string? Setting(string field) => Settings.Where(s => s.Key == field).Select(s => s.Value).FirstOrDefault();
}
