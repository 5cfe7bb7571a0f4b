namespace SparsePipeline.Contracts;

/// <summary>Which examples an evaluated network gets right, so that two networks can be compared on the same examples.</summary>
public sealed record CorrectnessReport
{
    public required CorrectExamples Test { get; init; }

    public required CorrectExamples Validation { get; init; }

    /// <summary>Shifted splits by the names the data set gives them.</summary>
    public required IReadOnlyDictionary<string, CorrectExamples> Shifts { get; init; }
}
