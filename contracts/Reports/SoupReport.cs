using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Soup admission: who was averaged, how far apart they were, and whether it paid.</summary>
public sealed record SoupReport
{
    /// <summary>Indices into the spec's candidates, in the order they were added.</summary>
    public required IReadOnlyList<int> Members { get; init; }

    /// <summary>λ of the members in their order, 1 in all; null for equal ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>What a merge that is no mean did to each tensor; null for a mean.</summary>
    public IReadOnlyList<MergedTensor>? Merged { get; init; }

    /// <summary>Fraction of prunable weights that are zero in the soup, when its mask was combined of several; null when candidates share one.</summary>
    public double? Sparsity { get; init; }

    /// <summary>What the soup's own mask keeps of each layer; null when candidates share one.</summary>
    public IReadOnlyList<LayerDensity>? Layers { get; init; }

    /// <summary>Euclidean distance over all float tensors, symmetric, zero diagonal.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Distances { get; init; }

    /// <summary>Angle in degrees between candidates as vectors from the barycentre, symmetric, zero diagonal.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Angles { get; init; }

    /// <summary>Loss along the line between candidates; empty for a single candidate.</summary>
    public required IReadOnlyList<LossLine> LossLines { get; init; }

    [DefaultValue(double.NaN)]
    public double ValidationAccuracy { get; init; } = double.NaN;

    [DefaultValue(double.NaN)]
    public double MeanCandidateValidationAccuracy { get; init; } = double.NaN;

    [DefaultValue(double.NaN)]
    public double BestCandidateValidationAccuracy { get; init; } = double.NaN;

    /// <summary>In place of the three accuracies, for tasks whose networks are compared by something else; null where accuracies are compared.</summary>
    public SoupMeasures? Measures { get; init; }

    /// <summary>Whichever there are, of what networks are compared by.</summary>
    [JsonIgnore]
    public SoupMeasures Compared => Measures ?? new(ValidationAccuracy, MeanCandidateValidationAccuracy, BestCandidateValidationAccuracy);

    /// <summary>In words: better or worse than its members, and the likely reason.</summary>
    public required string Verdict { get; init; }
}
