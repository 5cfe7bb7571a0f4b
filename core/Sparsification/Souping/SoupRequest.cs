using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What a soup is made of.</summary>
public sealed record SoupRequest
{
    /// <summary>A registered soup.</summary>
    public MethodSpec Method { get; init; } = MethodSpec.Of(UniformSoup.Name);

    /// <summary>At least one; exactly these are offered to the soup.</summary>
    public required IReadOnlyList<CandidateFile> Candidates { get; init; }

    /// <summary>A trained network under the same mask that the candidates started from, for soups that measure from one; null without.</summary>
    public string? Anchor { get; init; }

    /// <summary>The mask all candidates were trained under; null for dense candidates.</summary>
    public SparsityMask? Mask { get; init; }

    /// <summary>How the masks of candidates that have their own become one; null for candidates that share <see cref="Mask"/>.</summary>
    public string? MaskPolicy { get; init; }

    /// <summary>What <see cref="RePrunePolicy.Name"/> cuts an average by; its previous mask is set for it.</summary>
    public PruneRequest? Recut { get; init; }

    /// <summary>Collects what <see cref="Recut"/> goes by; null for pruners that go by weights alone.</summary>
    public AverageCollector? Collect { get; init; }

    /// <summary>By what candidates and trials are compared.</summary>
    public MeasureInfo Measure { get; init; } = MeasureInfo.Accuracy;

    /// <summary>Candidates the recipe asked for, when fewer arrived: named in the verdict. Null when that is not known.</summary>
    public int? Expected { get; init; }

    /// <summary>Points on each line between two candidates at which the loss is taken, both ends included, 2 or more; 0 draws no lines.</summary>
    public int LinePoints { get; init; } = 5;
}
