using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Files;

/// <summary>Where the results of one cut go.</summary>
internal sealed record PrunedPaths(CheckpointOutput Checkpoint, string Mask)
{
    private static readonly string[] Endings = [".safetensors.index.json", ".safetensors"];

    /// <summary>Every file that will be written.</summary>
    public IEnumerable<string> Files => Checkpoint.Files.Append(Mask);

    /// <summary>
    /// <c>NAME.pruned.safetensors</c> and <c>NAME.mask.safetensors</c> in a folder, or beside the input; for a folder or the index of shards a folder
    /// like it, <c>NAME.pruned</c> beside it when none is named.
    /// </summary>
    /// <param name="given">What was given: a file, an index or a folder.</param>
    /// <param name="source">The same, opened.</param>
    /// <param name="output">The folder that was asked for.</param>
    /// <param name="own">Whether that folder is for this input alone.</param>
    /// <param name="singleFile">Whether shards are joined.</param>
    /// <param name="type">The type of all floating-point tensors; null keeps each tensor's own.</param>
    public static PrunedPaths For(string given, StateDict source, string? output, bool own, bool singleFile, TensorType? type)
    {
        var stem = Stem(source.Path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(source.Path))!;
        if (singleFile || !CheckpointFolder.Is(given))
        {
            var target = output ?? folder;
            return new(CheckpointOutput.File(Path.Combine(target, stem + ".pruned.safetensors"), type), Path.Combine(target, stem + ".mask.safetensors"));
        }

        var like = output is null ? folder + ".pruned" : own ? Path.GetFullPath(output) : Path.Combine(Path.GetFullPath(output), Path.GetFileName(folder));
        return new(CheckpointOutput.Folder(source, like, type), Path.Combine(like, stem + ".mask.safetensors"));
    }

    /// <summary>A file's name without the endings of safetensors files.</summary>
    public static string Stem(string file)
    {
        var name = Path.GetFileName(file);
        var ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? name : name[..^ending.Length];
    }
}
