using System.CommandLine;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting;

namespace SparsePipeline.Cli.Files;

/// <summary>
/// What a command may write: no file that it reads, no file that is there unless <c>--force</c> says so, and no folder whose parent is missing. Asked
/// before any work, by every command that writes where it is told to.
/// </summary>
internal static class OutputFiles
{
    public static Option<bool> Force { get; } = new("--force") { Description = "Replace files that exist." };

    /// <summary>Refuses with all reasons, or makes the folders that are missing.</summary>
    /// <param name="invocation">Says whether files may be replaced, if the command has <see cref="Force"/>.</param>
    /// <param name="outputs">Every file that will be written.</param>
    /// <param name="inputs">Every file that is read, masks included; links are followed.</param>
    /// <param name="folder">The folder that was asked for, below which others may be made.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>; nothing has been made.</exception>
    public static void Prepare(Invocation invocation, IReadOnlyList<string> outputs, IEnumerable<string> inputs, string? folder = null)
    {
        string[] files = [.. outputs.Select(Path.GetFullPath)];
        var read = inputs.ToLookup(RealPath.Of, StringComparer.Ordinal);
        var root = folder is null ? null : Path.GetFullPath(folder);
        var (problems, remedies) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (reason, remedy) in Twice(files).Concat(files.SelectMany(f => Problems(f, read, invocation.Value(Force) || invocation.Granted.Contains(f)))).Concat(Folders(files, root)))
        {
            problems.Add(reason);
            remedies.Add(remedy);
        }

        if (problems.Count > 0)
            throw new DomainException(FailureCodes.InvalidOption, $"{Few(problems)}.", string.Join(' ', remedies));
        invocation.Granted.UnionWith(files);
        foreach (var missing in MissingFolders(files))
            Directory.CreateDirectory(missing);
        Sweep(invocation, files);
    }

    private static void Sweep(Invocation invocation, string[] files)
    {
        foreach (var file in files)
            if (LeftFiles.Sweep(file) is { Files: > 0 and var count, Bytes: var bytes })
                invocation.Say($"removed {count} unfinished file{(count == 1 ? "" : "s")} ({Figures.Bytes(bytes)}) that a command which was killed left beside {file}");
    }

    private static IEnumerable<(string Reason, string Remedy)> Twice(string[] files) =>
        files.GroupBy(f => f, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => ($"{g.Key} would be written {g.Count()} times", "Write one at a time, each to an --output of its own."));

    private static IEnumerable<(string Reason, string Remedy)> Problems(string file, ILookup<string, string> read, bool force)
    {
        if (read[RealPath.Of(file)].FirstOrDefault() is { } input)
            yield return ($"{file} would be written, and {(Path.GetFullPath(input) == file ? "it" : $"{input}, the same file,")} is an input", "Give another --output.");
        else if (Directory.Exists(file))
            yield return ($"{file} is a folder", "Give the name of a file.");
        else if (!force && File.Exists(file))
            yield return ($"{file} exists", "Add --force to replace it, or give another --output.");
    }

    private static IEnumerable<(string Reason, string Remedy)> Folders(string[] files, string? root)
    {
        foreach (var missing in MissingFolders(files))
        {
            var parent = Path.GetDirectoryName(missing)!;
            if (!Directory.Exists(parent) && !(parent == root && Directory.Exists(Path.GetDirectoryName(parent))))
                yield return ($"the folder {missing} cannot be made, because {parent} does not exist", "Check --output, or make that folder first.");
        }
    }

    private static IEnumerable<string> MissingFolders(string[] files) =>
        files.Select(f => Path.GetDirectoryName(f)!).Where(f => !Directory.Exists(f)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private static string Few(List<string> problems) =>
        string.Join("; ", problems.Take(3)) + (problems.Count > 3 ? $"; and {problems.Count - 3} more" : "");
}
