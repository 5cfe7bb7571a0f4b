namespace SparsePipeline.Contracts;

/// <summary>
/// What a network is compared by, example by example, so that two networks can be compared on the same examples. Only of measures that are the mean of these over a split, such as a mean squared
/// error; a perplexity is none.
/// </summary>
public sealed record ExampleMeasures
{
    /// <summary>Name of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>One value for each example, in their order and in the unit of the measure.</summary>
    public required IReadOnlyList<float> Test { get; init; }

    public required IReadOnlyList<float> Validation { get; init; }

    /// <summary>Shifted splits by the names the data set gives them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<float>> Shifts { get; init; }
}
