namespace SparsePipeline.Standalone;

/// <summary>Where and how wide an embedded pipeline runs.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>Folder of the artifact store.</summary>
    public required string StoreFolder { get; init; }

    /// <summary>Runner processes; null takes one per core.</summary>
    public int? Runners { get; init; }

    /// <summary>Any other setting, <c>Slices:BudgetSeconds</c> for example; wins over files and environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);
}
