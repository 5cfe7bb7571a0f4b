using System.ComponentModel;
using System.Text.Json.Serialization;

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
    [DefaultValue(MethodDefaults.Structure)]
    public string Structure { get; init; } = MethodDefaults.Structure;

    /// <summary>Name patterns (* matches anything) of tensors never pruned.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Name patterns of matrices and kernels that are pruned although they are embeddings, position tables or the like.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Name pattern → sparsity of its own, in [0, 1), in ordinal order of the patterns.</summary>
    public IReadOnlyDictionary<string, double>? Layers { get; init; }

    /// <summary>The network's last layer, or <c>none</c>; null finds it.</summary>
    public string? OutputLayer { get; init; }

    /// <summary>
    /// Along what a structure with a pattern of fixed density groups the weights of a convolution: <c>input-channels</c>. Null for other structures.
    /// </summary>
    public string? Layout { get; init; }

    /// <summary>The methods it names by bare names.</summary>
    [JsonIgnore]
    public IEnumerable<NamedMethod> NamedMethods => [new(MethodAxes.Allocation, Allocation), new(MethodAxes.Structure, Structure)];
}
