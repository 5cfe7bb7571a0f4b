using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>What a packed file says about itself beside the metadata of the checkpoint it was made from.</summary>
internal static class PackedMetadata
{
    private const string WholeNamesKey = "sparsepipeline.whole-names";
    private const string MaskKey = "sparsepipeline.mask";

    public static Dictionary<string, string> Of(StateDict source, IEnumerable<PackedTensor> packed, SparsityMask? mask)
    {
        var metadata = source.Metadata.ToDictionary();
        metadata[FileKind.Key] = FileKind.Packed;
        var wholeNames = packed.Select(p => p.Dense.Name).Where(n => !PackedNames.IsWeight(n)).ToArray();
        if (wholeNames.Length > 0)
            metadata[WholeNamesKey] = JsonSerializer.Serialize(wholeNames);
        if (mask is not null)
            metadata[MaskKey] = mask.Digest;
        return metadata;
    }

    /// <summary>The metadata of the checkpoint inside.</summary>
    public static Dictionary<string, string> Original(StateDict packed) =>
        packed.Metadata.Where(m => m.Key is not (FileKind.Key or WholeNamesKey or MaskKey)).ToDictionary();

    public static string? MaskDigest(StateDict packed) => packed.Metadata.GetValueOrDefault(MaskKey);

    /// <exception cref="DomainException">The list is no JSON array of strings.</exception>
    public static IReadOnlyCollection<string> WholeNames(StateDict packed)
    {
        try
        {
            var json = packed.Metadata.GetValueOrDefault(WholeNamesKey, "[]");
            return JsonSerializer.Deserialize<HashSet<string>>(json) ?? [];
        }
        catch (JsonException exception)
        {
            throw CorruptFile.Because(packed.Path, $"metadata '{WholeNamesKey}' is no list of names ({exception.Message})");
        }
    }
}
