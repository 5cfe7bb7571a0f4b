using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Where a checkpoint is written, and as what.</summary>
/// <param name="Path">A file; a folder that exists when it is laid out <see cref="Like"/> another checkpoint.</param>
public sealed record CheckpointTarget(string Path)
{
    /// <summary>The checkpoint whose files the folder gets, by name and by tensors, its index included; null for one file. Open while writing.</summary>
    public StateDict? Like { get; init; }

    /// <summary>Type of all floating-point tensors; null leaves each its own.</summary>
    public TensorType? Type { get; init; }

    /// <summary>Metadata to add: where the checkpoint comes from (<see cref="CheckpointOrigin"/>); null adds none.</summary>
    public IReadOnlyDictionary<string, string>? Origin { get; init; }

    /// <summary>An existing folder on the disk that is written to.</summary>
    public string Folder => Like is null ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))! : Path;

    /// <summary>The files to be written, the index last.</summary>
    public IEnumerable<string> Files => Like is null ? [Path] : Like.Files.Append(Like.Path).Distinct().Select(InFolder);

    /// <summary>Creates the file or files under temporary names, with their disk space reserved.</summary>
    /// <param name="tensors">In the types they have before <see cref="Type"/> changes them.</param>
    /// <param name="metadata">Strings for every file.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or the checkpoint to be like has other ones.</exception>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the checkpoint to be like is packed in several files.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public StateDictWriter Create(IReadOnlyList<TensorInfo> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        TensorInfo[] typed = [.. tensors.Select(Typed)];
        if (Like is null)
            return StateDictWriter.Create(Path, typed, metadata);
        if (Like.Shards.Count != Like.Files.Count)
            throw new DomainException(
                FailureCodes.InvalidOption, $"{Like.Path} is packed in {Like.Files.Count} files, so its tensors have no files of their own.", "Add --single-file.");
        var byName = typed.ToDictionary(t => t.Name);
        if (byName.Count != Like.Tensors.Count || Like.Tensors.Any(t => !byName.ContainsKey(t.Name)))
            throw new ArgumentException($"The tensors are not those of {Like.Path}.", nameof(tensors));
        return StateDictWriter.Create(
            Like.Shards.Select((s, i) => new PlannedShard(InFolder(Like.Files[i]), s.Header.Tensors.Select(t => byName[t.Info.Name]), OfShard(s, metadata))),
            Like.Path.EndsWith(ShardIndex.Suffix, StringComparison.Ordinal)
                ? new ShardIndexFile(Like.Path, InFolder(Like.Path), typed.Sum(t => t.ByteLength))
                : null);
    }

    private TensorInfo Typed(TensorInfo tensor) => Type is { } type && tensor.IsFloat ? tensor with { Type = type } : tensor;

    private string InFolder(string file) => System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file));

    /// <summary>What a shard says of itself alone stays its own; what no shard said before is said by all.</summary>
    private Dictionary<string, string> OfShard(MappedShard shard, IReadOnlyDictionary<string, string> metadata) => metadata
        .Where(m => shard.Header.Metadata.ContainsKey(m.Key) || !Like!.Metadata.ContainsKey(m.Key))
        .ToDictionary(m => m.Key, m => Like!.Metadata.GetValueOrDefault(m.Key) == m.Value ? shard.Header.Metadata.GetValueOrDefault(m.Key, m.Value) : m.Value);
}
