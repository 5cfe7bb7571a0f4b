namespace SparsePipeline.Checkpoints;

/// <summary>
/// A folder that holds one checkpoint, as transformers lays it out: <c>model.safetensors</c>, or shards and
/// <c>model.safetensors.index.json</c>, beside <c>config.json</c> and the tokenizer's files.
/// </summary>
public static class CheckpointFolder
{
    private const string Ending = ".safetensors";
    private const string MaskEnding = ".mask" + Ending;
    private const string Whole = "model" + Ending;

    /// <summary>Whether the checkpoint is in a folder of its own: the path is one, or the index of shards in one.</summary>
    public static bool Is(string path) => Directory.Exists(path) || path.EndsWith(ShardIndex.Suffix, StringComparison.Ordinal);

    /// <summary>Whether the path is a folder with safetensors files in it.</summary>
    public static bool Holds(string path) => Directory.Exists(path) && Directory.EnumerateFiles(path, "*" + Ending + "*").Any();

    /// <summary>The file or index to open: the path itself, or of a folder the checkpoint in it.</summary>
    /// <remarks>Where there are a whole file and an index, the whole file is taken, as transformers does.</remarks>
    /// <exception cref="Contracts.DomainException">The folder holds no checkpoint, or several.</exception>
    public static string Find(string path)
    {
        if (!Directory.Exists(path))
            return path;
        if (File.Exists(Path.Combine(path, Whole)))
            return Path.Combine(path, Whole);
        var candidates = Directory.GetFiles(path, "*" + Ending + ShardIndex.Suffix);
        if (candidates.Length == 0)
            candidates = [.. Directory.GetFiles(path, "*" + Ending).Where(f => !f.EndsWith(MaskEnding, StringComparison.Ordinal))];
        Array.Sort(candidates, StringComparer.Ordinal);
        return candidates switch
        {
            [var only] => only,
            [] => throw CorruptFile.Missing(
                Path.Combine(path, Whole), $"{path} is a folder; give one that holds {Whole} or an index of shards, or the path of a file."),
            _ => throw CorruptFile.Because(
                path, $"the folder holds several checkpoints: {string.Join(", ", candidates.Take(5).Select(Path.GetFileName))}{(candidates.Length > 5 ? ", …" : "")}.", "Give the path of one of them."),
        };
    }
}
