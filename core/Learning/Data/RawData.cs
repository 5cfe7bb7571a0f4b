namespace SparsePipeline.Learning.Data;

/// <summary>A data set as read, before validation examples are held out.</summary>
/// <param name="Classes">Number of classes.</param>
/// <param name="Training">Training and validation examples together.</param>
/// <param name="Test">Examples never trained on or selected by.</param>
/// <param name="Shifts">Natural shifts by name.</param>
internal sealed record RawData(int Classes, Examples Training, Examples Test, IReadOnlyDictionary<string, Examples> Shifts)
{
    /// <summary>One number per training example: examples with the same number are not divided between training and validation. Null: all may be.</summary>
    public int[]? TrainingGroups { get; init; }

    /// <summary>Validation examples that the data brings along; null: some training examples are held out.</summary>
    public Examples? Validation { get; init; }
}
