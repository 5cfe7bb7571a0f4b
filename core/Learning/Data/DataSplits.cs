namespace SparsePipeline.Learning.Data;

/// <summary>A data set, split.</summary>
public sealed record DataSplits
{
    /// <summary>Number of classes; labels are below it.</summary>
    public required int Classes { get; init; }

    public required Examples Training { get; init; }

    public required Examples Validation { get; init; }

    public required Examples Test { get; init; }

    /// <summary>Natural shifts by name: other writers, other fonts, … Empty when the data set has none.</summary>
    public required IReadOnlyDictionary<string, Examples> Shifts { get; init; }

    public required Standardization Inputs { get; init; }

    public InputShape Shape => Training.Shape;
}
