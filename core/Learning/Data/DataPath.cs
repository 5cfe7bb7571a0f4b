using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Finds what <see cref="DataSpec.Path"/> must have.</summary>
internal static class DataPath
{
    /// <summary>The files of those names in the folder <see cref="DataSpec.Path"/>, in their order.</summary>
    /// <exception cref="DomainException">The path is not set, or lacks some; all of them are named.</exception>
    public static IReadOnlyList<string> Files(DataSpec spec, IReadOnlyList<string> names, string remedy)
    {
        var folder = Required(spec, "folder", remedy);
        var missing = names.Where(name => !File.Exists(Path.Combine(folder, name))).ToList();
        return missing.Count == 0
            ? [.. names.Select(name => Path.Combine(folder, name))]
            : throw Unavailable($"data.path '{folder}' has no {string.Join(", ", missing)}.", remedy);
    }

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

    private static string Required(DataSpec spec, string what, string remedy) => string.IsNullOrWhiteSpace(spec.Path)
        ? throw Unavailable($"data.path is not set, but data set '{spec.Name}' reads a {what}.", remedy)
        : spec.Path;
}
