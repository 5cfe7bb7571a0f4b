namespace SparsePipeline.Contracts;

/// <summary>One cycle of a run: the soup, its candidates, and how far apart they were.</summary>
public sealed record StudyCycle
{
    /// <summary>1-based.</summary>
    public required int Cycle { get; init; }

    public required double Sparsity { get; init; }

    /// <summary>By <see cref="StudySplits"/>.</summary>
    public required IReadOnlyDictionary<string, double> Soup { get; init; }

    /// <summary>Mean over the candidates, by <see cref="StudySplits"/>.</summary>
    public required IReadOnlyDictionary<string, double> Candidates { get; init; }

    /// <summary>The baselines that go through the cycles, after this one: by name, then by <see cref="StudySplits"/>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Baselines { get; init; }

    /// <summary>Candidates that the soup took.</summary>
    public required int Members { get; init; }

    /// <summary>Mean Euclidean distance between two candidates; null for a single one.</summary>
    public double? Distance { get; init; }

    /// <summary>Largest loss barrier on the lines between candidates, in nats; null when none was measured.</summary>
    public double? Barrier { get; init; }
}
