using System.Text.Json;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.TestKit;

/// <summary>Splits small checkpoints into several files and an index, as Hugging Face models come.</summary>
public static class ShardedCheckpoint
{
    /// <summary>Writes <c>model-00001-of-0000N.safetensors</c> … and returns the path of <c>model.safetensors.index.json</c>.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="maxShardBytes">Data bytes per shard; a tensor longer than that has a shard of its own.</param>
    public static string Write(StateDict source, string folder, long maxShardBytes)
    {
        var shards = Split(source.Tensors, maxShardBytes);
        var places = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < shards.Count; i++)
        {
            var file = $"model-{i + 1:D5}-of-{shards.Count:D5}.safetensors";
            WriteShard(source, Path.Combine(folder, file), shards[i]);
            shards[i].ForEach(t => places.Add(t.Name, file));
        }

        var index = Path.Combine(folder, "model.safetensors.index.json");
        File.WriteAllText(index, JsonSerializer.Serialize(new { weight_map = places }));
        return index;
    }

    private static List<List<TensorInfo>> Split(IReadOnlyList<TensorInfo> tensors, long maxBytes)
    {
        var shards = new List<List<TensorInfo>> { new() };
        foreach (var tensor in tensors)
        {
            if (shards[^1].Count > 0 && shards[^1].Sum(t => t.ByteLength) + tensor.ByteLength > maxBytes)
                shards.Add([]);
            shards[^1].Add(tensor);
        }

        return shards;
    }

    private static void WriteShard(StateDict source, string path, List<TensorInfo> tensors)
    {
        using var writer = StateDictWriter.Create(path, tensors, source.Metadata);
        foreach (var tensor in tensors)
            writer.WriteBytes(tensor.Name, 0, source.Bytes(tensor.Name, 0, (int)tensor.ByteLength));
        writer.Complete();
    }
}
