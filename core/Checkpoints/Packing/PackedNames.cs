namespace SparsePipeline.Checkpoints;

/// <summary>
/// Names within a packed file, as compressed-tensors gives them: <c>fc.weight</c> becomes <c>fc.compressed</c>, <c>fc.bitmask</c>,
/// <c>fc.shape</c>, <c>fc.row_offsets</c>. A tensor that is not named <c>….weight</c> keeps its whole name before the suffix and is
/// listed in the metadata.
/// </summary>
internal static class PackedNames
{
    public const string Compressed = ".compressed";
    public const string Bitmask = ".bitmask";
    public const string Shape = ".shape";
    public const string RowOffsets = ".row_offsets";
    private const string Weight = ".weight";

    public static string Prefix(string name) => IsWeight(name) ? name[..^Weight.Length] : name;

    public static bool IsWeight(string name) => name.EndsWith(Weight, StringComparison.Ordinal);

    public static string Whole(string prefix, IReadOnlyCollection<string> wholeNames) =>
        wholeNames.Contains(prefix) ? prefix : prefix + Weight;

    public static bool IsPart(string name) =>
        name.EndsWith(Compressed, StringComparison.Ordinal) || name.EndsWith(Bitmask, StringComparison.Ordinal)
        || name.EndsWith(Shape, StringComparison.Ordinal) || name.EndsWith(RowOffsets, StringComparison.Ordinal);
}
