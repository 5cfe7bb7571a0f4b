namespace SparsePipeline.Contracts;

/// <summary>A comparison of two networks on each split, example by example.</summary>
public sealed record SplitDifferences
{
    public required PairedDifference Test { get; init; }

    public required PairedDifference Validation { get; init; }

    /// <summary>Shifted splits by the names the data set gives them.</summary>
    public IReadOnlyDictionary<string, PairedDifference> Shifts { get; init; } = new SortedDictionary<string, PairedDifference>(StringComparer.Ordinal);
}
