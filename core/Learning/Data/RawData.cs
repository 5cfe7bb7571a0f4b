namespace SparsePipeline.Learning.Data;

/// <summary>A data set as read, before validation examples are held out.</summary>
/// <param name="Classes">Number of classes; 0 for data without.</param>
/// <param name="Training">Training and validation examples together.</param>
/// <param name="Test">Examples never trained on or selected by.</param>
internal sealed record RawData(int Classes, Examples Training, Examples Test)
{
    /// <summary>Natural shifts by name, in ordinal order; most data sets have none.</summary>
    public IReadOnlyDictionary<string, Examples> Shifts
    {
        get;
        init => field = new SortedDictionary<string, Examples>(value.ToDictionary(), StringComparer.Ordinal);
    } = new SortedDictionary<string, Examples>(StringComparer.Ordinal);

    /// <summary>Names of the classes by their number; data without names calls them by it.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ClassNumbers.Of(Classes);

    /// <summary>Names of the columns of rows, where the data names them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The character or other token of every number of a text.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>What a text's numbers stand for, where that is not one character each; null otherwise.</summary>
    public string? Tokens { get; init; }

    /// <summary>What the real number that is said of every example is called; null where the data does not say.</summary>
    public string? TargetName { get; init; }

    /// <summary>One number per training example: examples with the same number are not divided between training and validation. Null: all may be.</summary>
    public int[]? TrainingGroups { get; init; }

    /// <summary>What else is known of the training examples, by the name under which a part of them can be chosen.</summary>
    public IReadOnlyDictionary<string, ExampleAttribute> Attributes { get; init; } = new Dictionary<string, ExampleAttribute>(StringComparer.Ordinal);

    /// <summary>Whether columns of rows are scaled all alike, so that directions stay what they are; otherwise each by its own deviation.</summary>
    public bool ScalesAlike { get; init; }

    /// <summary>Validation examples that the data brings along; null: some training examples are held out.</summary>
    public Examples? Validation { get; init; }
}
