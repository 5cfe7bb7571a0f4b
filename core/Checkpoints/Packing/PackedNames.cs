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
    private const string Bias = ".bias";
    private static readonly string[] Suffixes = [Compressed, Bitmask, Shape, RowOffsets];

    public static string Prefix(string name) => IsWeight(name) ? name[..^Weight.Length] : name;

    public static bool IsWeight(string name) => name.EndsWith(Weight, StringComparison.Ordinal);

    public static string Whole(string prefix, IReadOnlyCollection<string> wholeNames) =>
        wholeNames.Contains(prefix) ? prefix : prefix + Weight;

    /// <summary>
    /// The names before <c>.compressed</c> in ordinal order. In a file whose metadata does not say that it is packed, only those with a bitmask
    /// and a shape beside them: a layer may be called <c>compressed</c> for reasons of its own.
    /// </summary>
    public static IEnumerable<string> Prefixes(StateDict file) => file.Tensors
        .Where(t => t.Name.EndsWith(Compressed, StringComparison.Ordinal))
        .Select(t => t.Name[..^Compressed.Length])
        .Where(p => FileKind.Of(file) == FileKind.Packed || (file.Find(p + Bitmask) is { Type: TensorType.U8 } && file.Find(p + Shape) is { Type: TensorType.I64 }));

    /// <summary>
    /// Whether a file of compressed-tensors is named as its first versions did: whole names before the suffixes, <c>fc.weight.compressed</c>. Ours never
    /// are, since their metadata lists the whole names.
    /// </summary>
    public static bool AreOld(StateDict file, IReadOnlyList<string> prefixes) =>
        FileKind.Of(file) != FileKind.Packed && prefixes.Any(p => IsWeight(p) || p.EndsWith(Bias, StringComparison.Ordinal) || p is "weight" or "bias");

    /// <summary>All names that one packed tensor can take up.</summary>
    public static IEnumerable<string> Parts(string prefix) => Suffixes.Select(suffix => prefix + suffix);

    /// <summary>Whether a name looks like a part of a packed tensor.</summary>
    public static bool IsPart(string name) => Array.Exists(Suffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
}
