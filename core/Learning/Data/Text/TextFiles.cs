using System.IO.Enumeration;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>Which files are used for what, each list in ordinal order of the names.</summary>
internal sealed record TextFiles(IReadOnlyList<string> Training, IReadOnlyList<string> Test, IReadOnlyList<string> Shift)
{
    /// <summary>What the arrays of a split can hold.</summary>
    private const long LargestBytes = 1 << 30;

    public IEnumerable<string> All => Training.Concat(Test).Concat(Shift);

    /// <summary>The files of a folder by name: those of the shift first, then those of the test split; training gets the rest.</summary>
    /// <param name="path">A folder, or one file, which is the training's.</param>
    /// <param name="training">Patterns, separated by commas.</param>
    /// <param name="test">Patterns; none when empty.</param>
    /// <param name="shift">Patterns; none when empty.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.DataUnavailable"/>: there is no such path, or a pattern that names no file.</exception>
    public static TextFiles Find(string? path, string training, string test, string shift)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw Unavailable("data.path is not set, but data set 'text' reads a file or a folder.");
        if (File.Exists(path) && test.Length + shift.Length == 0)
            return new TextFiles([path], [], []);
        if (!Directory.Exists(path))
            throw Unavailable(File.Exists(path)
                ? $"data.path '{path}' is one file, and testFiles and shift name files of a folder."
                : $"data.path '{path}' does not exist.");
        string[] files = [.. Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)];
        var shifted = Matching(files, shift, path, "shift");
        var tested = Matching([.. files.Except(shifted)], test, path, "testFiles");
        return new TextFiles(Matching([.. files.Except(shifted).Except(tested)], training, path, "files"), tested, shifted);
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.TooLarge"/>: the files of one part have more than 1 GiB together.</exception>
    public void EnsureFits()
    {
        foreach (var (part, files) in new[] { ("training", Training), ("the test split", Test), ("the shift", Shift) })
            if (files.Sum(f => FileSize.Of(f)) is > LargestBytes and var bytes)
                throw new DomainException(
                    FailureCodes.TooLarge, $"The {files.Count} files for {part} have {bytes} bytes together, more than {LargestBytes}.", "Use fewer files: data.options.files, testFiles and shift name them.");
    }

    private static List<string> Matching(string[] files, string patterns, string folder, string option)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var matching = files.Where(f => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(f), ignoreCase: false)).ToList();
            if (matching.Count == 0)
                throw Unavailable($"data.path '{folder}' has no file for '{pattern}' of data.options.{option}, or another option took them all.");
            found.UnionWith(matching);
        }
        return [.. found];
    }

    private static DomainException Unavailable(string reason) => new(
        FailureCodes.DataUnavailable, reason, "Name a text file, or a folder and patterns of names in it: files for training, testFiles and shift for the rest.");
}
