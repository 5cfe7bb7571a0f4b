using System.Text.Encodings.Web;
using System.Text.Json;

namespace SparsePipeline.Checkpoints;

/// <summary>Writes a checkpoint as several files of limited size and an index, as Hugging Face models come.</summary>
public static class ShardedCheckpoint
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Copies a checkpoint into shards, streaming. The index is written last, so a checkpoint that can be opened is complete.
    /// </summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="folder">An existing folder; shards and index in it are replaced.</param>
    /// <param name="maxShardBytes">Data bytes per shard, ≥ 1. A tensor longer than that has a shard of its own.</param>
    /// <returns>The path of the index, <c>model.safetensors.index.json</c>.</returns>
    public static string Write(StateDict source, string folder, long maxShardBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxShardBytes, 1);
        var shards = Split(source.Tensors, maxShardBytes);
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < shards.Count; i++)
        {
            var file = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            WriteShard(source, Path.Combine(folder, file), shards[i]);
            shards[i].ForEach(t => map.Add(t.Name, file));
        }

        return WriteIndex(Path.Combine(folder, "model.safetensors" + ShardIndex.Suffix), source.Tensors.Sum(t => t.ByteLength), map);
    }

    private static List<List<TensorInfo>> Split(IReadOnlyList<TensorInfo> tensors, long maxBytes)
    {
        var shards = new List<List<TensorInfo>> { new() };
        var room = maxBytes;
        foreach (var tensor in tensors)
        {
            if (tensor.ByteLength > room && shards[^1].Count > 0)
            {
                shards.Add([]);
                room = maxBytes;
            }

            shards[^1].Add(tensor);
            room -= tensor.ByteLength;
        }

        return shards;
    }

    private static void WriteShard(StateDict source, string path, List<TensorInfo> tensors)
    {
        using var writer = StateDictWriter.Create(path, tensors, source.Metadata);
        tensors.ForEach(t => TensorCopy.Run(source, writer, t));
        writer.Complete();
    }

    private static string WriteIndex(string path, long totalSize, SortedDictionary<string, string> map)
    {
        var index = new { metadata = new { total_size = totalSize }, weight_map = map };
        var temporary = TemporaryName.Beside(path);
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(index, Json));
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
