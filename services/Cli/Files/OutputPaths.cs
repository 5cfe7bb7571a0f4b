using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Files;

/// <summary>Names of output files, derived from the input's.</summary>
internal static class OutputPaths
{
    private static readonly string[] Endings = [".safetensors.index.json", ".safetensors"];

    /// <summary><c>NAME.pruned.safetensors</c> and <c>NAME.mask.safetensors</c> in a folder (created when missing), or beside the input.</summary>
    public static PrunedPaths For(string file, string? folder)
    {
        var target = Folder(file, folder);
        return new PrunedPaths(Path.Combine(target, Stem(file) + ".pruned.safetensors"), Path.Combine(target, Stem(file) + ".mask.safetensors"));
    }

    /// <summary><c>NAME.mask.safetensors</c> beside a checkpoint.</summary>
    public static string MaskOf(string checkpoint) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(checkpoint))!, Stem(checkpoint) + ".mask.safetensors");

    /// <summary>Refuses inputs whose outputs would overwrite each other.</summary>
    public static void EnsureDistinct(IReadOnlyList<string> files, string? folder)
    {
        if (files.GroupBy(f => Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(f))!, Stem(f))).FirstOrDefault(g => g.Count() > 1) is { } clash)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"FILE names {string.Join(" and ", clash)}, which would both be written to {clash.Key}.pruned.safetensors.",
                "Prune them one by one with different --output folders.");
    }

    /// <summary>A file's name without the endings of safetensors files.</summary>
    public static string Stem(string file)
    {
        var name = Path.GetFileName(file);
        var ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal));
        return ending is null ? name : name[..^ending.Length];
    }

    private static string Folder(string file, string? folder)
    {
        var target = folder ?? Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (folder is not null)
            Directory.CreateDirectory(target);
        return target;
    }
}
