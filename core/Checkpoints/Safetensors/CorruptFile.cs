using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Errors of files: every one names the file, the field and its value, and says what to do.</summary>
internal static class CorruptFile
{
    public const string WriteAgain = "Write the file again with a safetensors library, or fetch it again.";

    private static readonly EnumerationOptions All = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    public static DomainException Because(string path, string what, string remedy = WriteAgain) =>
        new(FailureCodes.CorruptArtifact, $"{Path.GetFileName(path)}: {what}", remedy);

    public static DomainException Missing(string path, string remedy) => Directory.Exists(path)
        ? new(FailureCodes.MissingArtifact, $"{path} is a folder, and a file is wanted.", InFolder(path, remedy))
        : new(FailureCodes.MissingArtifact, $"{path} does not exist.", NearTo(path) + remedy);

    private static string InFolder(string path, string remedy)
    {
        var files = Names(path).Where(IsCheckpoint).ToList();
        return files.Count == 0 ? $"It holds no .safetensors file. {remedy}" : $"Give one of its files: {NameList.Text(files)}.";
    }

    // A name that is nearly right is answered with the right one.
    private static string NearTo(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return folder is null || !Directory.Exists(folder) ? "" : NameSuggestion.NearestFile(Path.GetFileName(path), Names(folder));
    }

    private static bool IsCheckpoint(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal) || name.EndsWith(ShardIndex.Suffix, StringComparison.Ordinal);

    // Enough for every folder somebody looks through by hand. One that cannot be listed has no names to offer, and the message is written all the same.
    private static IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", All).Take(1000).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A quoted value from the file, shortened so that a hostile one cannot flood a log.</summary>
    public static string Quote(string value) => value.Length <= 80 ? $"'{value}'" : $"'{value[..80]}…' ({value.Length} characters)";
}
