namespace SparsePipeline.Contracts;

/// <summary>Names of the splits that a study has accuracies on.</summary>
public static class StudySplits
{
    public const string Test = "test";

    public const string Validation = "validation";

    /// <summary>All shifted examples together.</summary>
    public const string Shifted = "shifted";

    /// <summary>Mean over all kinds and severities of corruption.</summary>
    public const string Corrupted = "corrupted";

    private const string ShiftPrefix = "shift/";

    /// <summary>One shift by the name the data set gives it.</summary>
    public static string Shift(string name) => ShiftPrefix + name;

    /// <summary>A split in words.</summary>
    public static string Title(string split) => split.StartsWith(ShiftPrefix, StringComparison.Ordinal) ? split[ShiftPrefix.Length..] : split;
}
