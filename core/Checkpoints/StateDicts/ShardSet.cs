using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Opens the shards of an index and holds them against it: each tensor in exactly the shard the index names.</summary>
internal static class ShardSet
{
    /// <exception cref="DomainException">A shard is missing or corrupt, or index and shards disagree.</exception>
    public static IReadOnlyList<MappedShard> Open(string indexPath)
    {
        var map = ShardIndex.Read(indexPath);
        var folder = Path.GetDirectoryName(Path.GetFullPath(indexPath))!;
        var shards = new List<MappedShard>();
        try
        {
            foreach (var shard in map.Values.Distinct().Order(StringComparer.Ordinal))
                shards.Add(MappedShard.Open(Path.Combine(folder, shard)));
            Check(indexPath, map, shards);
            return shards;
        }
        catch
        {
            shards.ForEach(s => s.Dispose());
            throw;
        }
    }

    private static void Check(string indexPath, IReadOnlyDictionary<string, string> map, List<MappedShard> shards)
    {
        if (shards.Count == 0)
            throw CorruptFile.Because(indexPath, "weight_map is empty.");
        var places = Places(indexPath, shards);
        foreach (var (tensor, file) in places)
        {
            if (map.GetValueOrDefault(tensor) is var named && named != file)
            {
                var said = named is null ? "nothing of it" : CorruptFile.Quote(named);
                throw CorruptFile.Because(indexPath, $"tensor {CorruptFile.Quote(tensor)} is in {file}, but weight_map says {said}.");
            }
        }

        if (map.Keys.FirstOrDefault(t => !places.ContainsKey(t)) is { } absent)
            throw CorruptFile.Because(
                indexPath,
                $"weight_map places tensor {CorruptFile.Quote(absent)} in {CorruptFile.Quote(map[absent])}, which does not contain it.");
    }

    private static Dictionary<string, string> Places(string indexPath, List<MappedShard> shards)
    {
        var places = new Dictionary<string, string>();
        foreach (var (tensor, file) in shards.SelectMany(s => s.Header.Tensors.Select(t => (t.Info.Name, Path.GetFileName(s.Path)))))
        {
            if (!places.TryAdd(tensor, file))
                throw CorruptFile.Because(indexPath, $"tensor {CorruptFile.Quote(tensor)} is in two shards, {places[tensor]} and {file}.");
        }

        return places;
    }
}
