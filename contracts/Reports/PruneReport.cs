namespace SparsePipeline.Contracts;

/// <summary>What a cut did, layer by layer.</summary>
public sealed record PruneReport
{
    public required string StructureDigest { get; init; }

    public required string MaskDigest { get; init; }

    /// <summary>Cumulative fraction of prunable weights that are zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>The sparsity asked for, where whole units are cut and it may not be reached exactly; null where the cut is exact.</summary>
    public double? TargetSparsity { get; init; }

    public required double GlobalSparsity { get; init; }

    public required double PrunedFraction { get; init; }

    public required double NormDrop { get; init; }

    public required IReadOnlyList<LayerDensity> Layers { get; init; }

    /// <summary>Layers left without a single weight or with next to none, and other things worth a look.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
