using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Files;

/// <summary>Where a checkpoint that is computed from another goes: one file, or a folder like the other's with its other files copied.</summary>
/// <param name="Target">File or folder.</param>
/// <param name="Companions">What is copied beside the checkpoint; null for one file.</param>
internal sealed record CheckpointOutput(CheckpointTarget Target, CompanionFiles? Companions)
{
    private const string FileEnding = ".safetensors";

    public static Option<bool> SingleFile { get; } = new("--single-file")
    {
        Description = "Write one file instead of a folder when a folder or the index of shards is given; other files are not copied.",
    };

    /// <summary>Every file that will be written.</summary>
    public IEnumerable<string> Files => Target.Files.Concat(Companions?.Files.Select(f => Path.Combine(Target.Path, Path.GetFileName(f))) ?? []);

    /// <summary>Where the checkpoint's own mask goes when it has one: beside it.</summary>
    public string Mask => Path.Combine(Target.Folder, PrunedPaths.Stem(Target.Like?.Path ?? Target.Path) + ".mask.safetensors");

    /// <summary>One file.</summary>
    public static CheckpointOutput File(string path, TensorType? type) => new(new CheckpointTarget(path) { Type = type }, null);

    /// <summary>A folder laid out like that of a checkpoint.</summary>
    /// <param name="like">Open until the output is written.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="type">The type of all floating-point tensors; null keeps each tensor's own.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the folder is named like a file.</exception>
    public static CheckpointOutput Folder(StateDict like, string folder, TensorType? type) => folder.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase)
        ? throw new DomainException(
            FailureCodes.InvalidOption,
            $"--output {folder} names a file, but {like.Path} is in a folder of its own and gives a folder.",
            "Name a folder, or add --single-file for one file.")
        : new(new CheckpointTarget(folder) { Like = like, Type = type }, CompanionFiles.Of(like));

    /// <summary>What will be written into a folder laid out like that of a checkpoint, which need not be unpacked to say so.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the folder is named like a file.</exception>
    public static (IReadOnlyList<string> Files, string Mask) PlanFolder(string like, string folder, TensorType? type)
    {
        using var file = StateDict.Open(like);
        var output = Folder(file, folder, type);
        return ([.. output.Files], output.Mask);
    }

    /// <summary>Copies the other files, after the checkpoint is written, and says what stays behind.</summary>
    public void Finish(Invocation invocation)
    {
        if (Companions is null)
            return;
        Companions.CopyTo(Target.Path, Target.Type);
        if (Companions.Files.Count > 0)
            invocation.Say($"  copied:     {Few([.. Companions.Files.Select(f => Path.GetFileName(f))])}");
        if (Companions.LeftOut.Count > 0)
            invocation.Say($"  not copied: {Few(Companions.LeftOut)}");
    }

    /// <summary>Says which copied files are other ones beside another checkpoint: only one of them can be right for an average.</summary>
    public void TellDifferences(Invocation invocation, string other)
    {
        if (Companions is null || !CheckpointFolder.Is(other))
            return;
        using var state = StateDict.Open(other);
        if (Companions.DifferingIn(CompanionFiles.Of(state)) is { Count: > 0 } names)
            invocation.Say($"  warning: {Few(names)} in {other} differ from those that are copied, which are the first candidate's");
    }

    private static string Few(IReadOnlyList<string> names) => string.Join(", ", names.Take(6)) + (names.Count > 6 ? $" and {names.Count - 6} more" : "");
}
