using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Files;

/// <summary>A file that a command line names: told apart are a folder, a name that is nearly right, and nothing at all.</summary>
internal static class WantedFile
{
    private static readonly string[] Yaml = [".yaml", ".yml"];

    /// <summary>Passes a file that exists.</summary>
    /// <param name="path">As it was typed.</param>
    /// <param name="argument">What the command line calls it.</param>
    /// <param name="remedy">What to give instead.</param>
    /// <param name="endings">Of files that are offered out of a folder; those of YAML when left out.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>.</exception>
    public static void Ensure(string path, string argument, string remedy, params string[] endings)
    {
        if (File.Exists(path))
            return;
        if (Directory.Exists(path))
            throw new DomainException(FailureCodes.InvalidOption, $"{argument} {path} is a folder, and a file is wanted.", InFolder(path, remedy, endings));
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        throw Directory.Exists(folder)
            ? new DomainException(FailureCodes.InvalidOption, $"{argument} {path} does not exist.", NameSuggestion.NearestFile(Path.GetFileName(path), [.. Names(folder)]) + remedy)
            : new DomainException(FailureCodes.InvalidOption, $"{argument} {path} does not exist, and neither does its folder {folder}.", remedy);
    }

    private static string InFolder(string folder, string remedy, string[] endings)
    {
        var files = Names(folder).Where(n => (endings.Length > 0 ? endings : Yaml).Any(e => n.EndsWith(e, StringComparison.Ordinal))).ToList();
        return files.Count == 0 ? remedy : $"Give one of its files: {NameList.Text(files)}.";
    }

    // Enough for every folder somebody looks through by hand.
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder).Take(1000).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
