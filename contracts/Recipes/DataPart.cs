using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>A part of the training examples; of several choices, those that all of them take. Validation and test examples are never divided.</summary>
public sealed record DataPart
{
    /// <summary>Two numbers in [0, 1], the first below the second: the examples between these shares, in the order of <see cref="DataSpec.SplitSeed"/>.</summary>
    [Range(0.0, 1.0)]
    public IReadOnlyList<double>? Share { get; init; }

    /// <summary>Classes, as the data set calls them.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Writers, where the data set knows who wrote.</summary>
    public IReadOnlyList<string>? Writers { get; init; }

    /// <summary>Families of fonts, where the data set is drawn from some.</summary>
    public IReadOnlyList<string>? Families { get; init; }
}
