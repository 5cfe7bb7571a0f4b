namespace SparsePipeline.Learning.Data;

/// <summary>How splits are called in data that people arrange themselves: <c>train</c>, <c>test</c>, <c>shift-NAME</c> and, as is the custom there, validation.</summary>
/// <param name="Validation">What the validation split is called.</param>
internal sealed record SplitNames(string Validation)
{
    public const string Training = "train";
    public const string Test = "test";

    private const string ShiftPrefix = "shift-";

    public bool Has(string name) => name is Training or Test || name == Validation || name.StartsWith(ShiftPrefix, StringComparison.Ordinal);

    /// <summary>What is where it belongs.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="splits">By name, among them <see cref="Training"/> and <see cref="Test"/>.</param>
    public RawData Arrange(int classes, IReadOnlyDictionary<string, Examples> splits) => new(classes, splits[Training], splits[Test])
    {
        Validation = splits.GetValueOrDefault(Validation),
        Shifts = splits.Where(s => s.Key.StartsWith(ShiftPrefix, StringComparison.Ordinal)).ToDictionary(s => s.Key[ShiftPrefix.Length..], s => s.Value),
    };
}
