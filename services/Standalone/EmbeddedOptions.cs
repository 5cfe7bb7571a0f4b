namespace SparsePipeline.Standalone;

/// <summary>Where and how wide an embedded pipeline runs.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>Folder of the artifact store.</summary>
    public required string StoreFolder { get; init; }

    /// <summary>Runner processes; null takes one per core.</summary>
    public int? Runners { get; init; }
}
