using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>By what rule the layers of a network are cut one after the other while statistics are collected, so that later layers see what cut ones say.</summary>
public sealed record SequentialCut
{
    /// <summary>The rule of the cut that is to be made by the statistics.</summary>
    public required CutRule Rule { get; init; }

    /// <summary>The mask of the cycle before; masks only shrink.</summary>
    public ArtifactRef? Mask { get; init; }

    /// <summary>A mask that the new one stays within.</summary>
    public ArtifactRef? Ceiling { get; init; }

    /// <summary>Whether weights that are zero already count as cut before.</summary>
    [DefaultValue(false)]
    public bool KeepZeros { get; init; }

    /// <summary>Used by pruners that draw.</summary>
    [DefaultValue(0L)]
    public long Seed { get; init; }
}
