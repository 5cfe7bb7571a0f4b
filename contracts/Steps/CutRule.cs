using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>By what rule and how far something is cut.</summary>
public sealed record CutRule
{
    /// <summary>Name and options of the pruner.</summary>
    public required MethodSpec Method { get; init; }

    /// <summary>Fraction of prunable weights that are zero afterwards, in [0, 1).</summary>
    public required double Sparsity { get; init; }

    /// <summary>Spread of the kept weights over the layers; null takes the pruner's own.</summary>
    public string? Allocation { get; init; }

    /// <summary>A registered structure.</summary>
    [DefaultValue("unstructured")]
    public string Structure { get; init; } = "unstructured";

    /// <summary>Name patterns (* matches anything) of tensors never pruned.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }
}
