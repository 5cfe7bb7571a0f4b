using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Errors of files: every one names the file, the field and its value, and says what to do.</summary>
internal static class CorruptFile
{
    public const string WriteAgain = "Write the file again with a safetensors library, or fetch it again.";

    public static DomainException Because(string path, string what, string remedy = WriteAgain) =>
        new(FailureCodes.CorruptArtifact, $"{Path.GetFileName(path)}: {what}", remedy);

    public static DomainException Missing(string path, string remedy) =>
        new(FailureCodes.MissingArtifact, $"{path} does not exist.", remedy);

    /// <summary>A quoted value from the file, shortened so that a hostile one cannot flood a log.</summary>
    public static string Quote(string value) => value.Length <= 80 ? $"'{value}'" : $"'{value[..80]}…' ({value.Length} characters)";
}
