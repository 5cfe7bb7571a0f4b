namespace SparsePipeline.Contracts;

/// <summary>How small a checkpoint is, and whether it is too small to work.</summary>
public sealed record CompressionReport
{
    /// <summary>Every prunable tensor, in ordinal order of the names.</summary>
    public required IReadOnlyList<LayerCompression> Layers { get; init; }

    /// <summary>Layers that let nothing or next to nothing through, each with a remedy; empty when all is well.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    public required ExportSizes Exports { get; init; }
}
