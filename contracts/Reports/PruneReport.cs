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

    /// <summary>Fraction of all parameters, prunable or not, that the mask prunes.</summary>
    public required double GlobalSparsity { get; init; }

    /// <summary>Weights the mask keeps that are zero all the same, as they were before the cut; null when there are none.</summary>
    public long? ZeroBesideMask { get; init; }

    public required double PrunedFraction { get; init; }

    public required double NormDrop { get; init; }

    public required IReadOnlyList<LayerDensity> Layers { get; init; }

    /// <summary>How far the cut moved the outputs of each layer on the sample, for pruners that solve layers; null for others.</summary>
    public IReadOnlyList<LayerError>? Reconstruction { get; init; }

    /// <summary>Tensors that are one with another that the checkpoint has, by its name: pruned and counted once; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Tied { get; init; }

    /// <summary>Layers left without a single weight or with next to none, and other things worth a look.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
