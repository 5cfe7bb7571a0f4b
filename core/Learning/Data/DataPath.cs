using System.IO.Compression;
using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Finds what <see cref="DataSpec.Path"/> must have.</summary>
internal static class DataPath
{
    private const string Packed = ".gz";

    /// <summary>The files of those names in the folder <see cref="DataSpec.Path"/>, in their order.</summary>
    /// <exception cref="DomainException">The path is not set, or lacks some; all of them are named.</exception>
    public static IReadOnlyList<string> Files(DataSpec spec, IReadOnlyList<string> names, string remedy) => Files(spec, names, "", remedy);

    /// <summary>The same, each with <c>.gz</c> after its name where there is none without.</summary>
    /// <exception cref="DomainException">The path is not set, or lacks some; all of them are named.</exception>
    public static IReadOnlyList<string> PackedFiles(DataSpec spec, IReadOnlyList<string> names, string remedy) => Files(spec, names, Packed, remedy);

    /// <summary>Opens a file and, where its name ends in <c>.gz</c>, unpacks it while it is read.</summary>
    public static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return path.EndsWith(Packed, StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>What is wrong with a file of data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">The end of a sentence that starts with it.</param>
    /// <param name="remedy">What to do.</param>
    public static DomainException Refused(string path, string problem, string remedy) => new(FailureCodes.CorruptArtifact, $"Data file '{path}' {problem}.", remedy);

    /// <summary>The one file that <see cref="DataSpec.Path"/> names.</summary>
    /// <exception cref="DomainException">The path is not set, or there is no such file.</exception>
    public static string SingleFile(DataSpec spec, string remedy)
    {
        var file = Required(spec, "file", remedy);
        return File.Exists(file) ? file : throw Unavailable($"data.path '{file}' is no file.", remedy);
    }

    /// <summary>The folder that <see cref="DataSpec.Path"/> names.</summary>
    /// <exception cref="DomainException">The path is not set, or there is no such folder.</exception>
    public static string Folder(DataSpec spec, string remedy)
    {
        var folder = Required(spec, "folder", remedy);
        return Directory.Exists(folder) ? folder : throw Unavailable($"data.path '{folder}' is no folder.", remedy);
    }

    public static DomainException Unavailable(string reason, string remedy) => new(FailureCodes.DataUnavailable, reason, remedy);

    private static IReadOnlyList<string> Files(DataSpec spec, IReadOnlyList<string> names, string ending, string remedy)
    {
        var folder = Required(spec, "folder", remedy);
        var files = names.Select(name => Path.Combine(folder, name)).Select(file => File.Exists(file) ? file : file + ending).ToList();
        var missing = names.Where((_, i) => !File.Exists(files[i])).Select(name => ending.Length == 0 ? name : $"{name}[{ending}]").ToList();
        return missing.Count == 0 ? files : throw Unavailable($"data.path '{folder}' has no {string.Join(", ", missing)}.", remedy);
    }

    private static string Required(DataSpec spec, string what, string remedy) => string.IsNullOrWhiteSpace(spec.Path)
        ? throw Unavailable($"data.path is not set, but data set '{spec.Name}' reads a {what}.", remedy)
        : spec.Path;

    /// <summary>What is told by names, folders or lists before the files themselves, so that a file used for something else is other data.</summary>
    /// <param name="facts">One line each.</param>
    /// <param name="files">Paths; each is opened when its turn comes.</param>
    public static IEnumerable<Stream> OpenAll(IEnumerable<string?> facts, IEnumerable<string> files)
    {
        yield return new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', facts)));
        foreach (var file in files)
            yield return File.OpenRead(file);
    }
}
