using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Which file is for what.</summary>
internal static class CsvFiles
{
    public static readonly SplitNames Names = new("validation");

    private const string Remedy = "Let data.path name one CSV file, of which a fifth becomes the test split, or a folder with train.csv and test.csv, "
        + "optionally validation.csv and shift-NAME.csv; each may end in .csv.gz.";

    private static readonly string[] Extensions = [".csv", ".csv.gz"];

    /// <summary>File by split, in ordinal order; a single file is <see cref="SplitNames.Training"/> alone.</summary>
    /// <exception cref="DomainException">The path is not set or has nothing, or a file is missing, there twice or of no split.</exception>
    public static SortedDictionary<string, string> Of(DataSpec spec)
    {
        if (File.Exists(spec.Path))
            return new(StringComparer.Ordinal) { [SplitNames.Training] = spec.Path };
        var folder = DataPath.Folder(spec, Remedy);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            if (Split(file) is { } split && !files.TryAdd(split, file))
                throw DataPath.Unavailable($"data.path '{folder}' has '{split}' twice.", Remedy);
        foreach (var split in new[] { SplitNames.Training, SplitNames.Test }.Where(split => !files.ContainsKey(split)))
            throw DataPath.Unavailable($"data.path '{folder}' has no {split}.csv.", Remedy);
        foreach (var (_, file) in files.Where(f => !Names.Has(f.Key)))
            throw DataPath.Unavailable($"'{file}' is for no split.", Remedy);
        return files;
    }

    private static string? Split(string file) =>
        Extensions.Where(e => file.EndsWith(e, StringComparison.Ordinal)).Select(e => Path.GetFileName(file)[..^e.Length]).FirstOrDefault();
}
