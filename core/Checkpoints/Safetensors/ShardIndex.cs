using System.Text.Json;
using System.Text.Unicode;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// The <c>model.safetensors.index.json</c> beside a checkpoint in several files: <c>weight_map</c> names the shard of each tensor.
/// A shard is a plain file name in the index's own folder; anything that could leave the folder is refused.
/// </summary>
internal static class ShardIndex
{
    public const string Suffix = ".index.json";

    /// <summary>Tensor name → shard file name.</summary>
    /// <exception cref="DomainException">The index is missing, no JSON of that form, or names a path outside its folder.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
            throw CorruptFile.Missing(path, "Give the path of an existing index, or of a .safetensors file.");
        if (FileSize.Of(path) > SafetensorsHeader.MaxLength)
            throw CorruptFile.Because(path, $"the index is longer than {SafetensorsHeader.MaxLength} bytes.");
        var bytes = File.ReadAllBytes(path);
        ForeignFormat.RefuseIndex(path, bytes);
        if (!Utf8.IsValid(bytes))
            throw CorruptFile.Because(path, "the index is not valid UTF-8.");
        try
        {
            return ReadMap(path, bytes);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw CorruptFile.Because(path, $"the index is not JSON ({exception.Message})");
        }
    }

    private static Dictionary<string, string> ReadMap(string path, byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("weight_map", out var weights) || weights.ValueKind != JsonValueKind.Object)
            throw CorruptFile.Because(path, "the index has no object 'weight_map'.");
        var map = new Dictionary<string, string>();
        foreach (var weight in weights.EnumerateObject())
            map.Add(weight.Name, Shard(path, weight.Name, weight.Value));
        return map;
    }

    private static string Shard(string path, string tensor, JsonElement value)
    {
        var shard = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (shard.Length == 0 || shard is "." or ".." || shard.AsSpan().ContainsAny('/', '\\', '\0') || Path.IsPathRooted(shard))
            throw CorruptFile.Because(
                path,
                $"weight_map {CorruptFile.Quote(tensor)} names {CorruptFile.Quote(value.ToString())}, which is not a plain file name.",
                "Name shards in the same folder, without any path.");
        return shard;
    }
}
