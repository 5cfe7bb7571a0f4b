using System.IO.Compression;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Looks whether a file has the form of a TorchScript archive without running anything of it: a zip archive with one folder that holds
/// <c>data.pkl</c>, <c>constants.pkl</c> and <c>code/</c>.
/// </summary>
public static class ScriptFile
{
    /// <summary>Larger files are refused: 4 GiB.</summary>
    public const long MaxBytes = 1L << 32;

    private const int MaxEntries = 100_000;

    /// <summary>Code and pickles are compressed, tensors are not; more than 256 MiB of what is would be a bomb.</summary>
    private const long MaxUnpacked = 1L << 28;

    private const string Remedy = "Write it with torch.jit.script(model).save(path) in Python.";

    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/>, <see cref="FailureCodes.TooLarge"/> or <see cref="FailureCodes.CorruptArtifact"/>.
    /// </exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
            throw CorruptFile.Missing(path, Remedy);
        if (FileSize.Of(path) is > MaxBytes and var length)
            throw new DomainException(FailureCodes.TooLarge, $"{Path.GetFileName(path)} has {length} bytes; scripts may have {MaxBytes}.", "Save weights apart, as safetensors.");
        if (Problem(path) is { } problem)
            throw CorruptFile.Because(path, $"this is no TorchScript module: {problem}.", Remedy);
    }

    /// <summary>How many tensors the file holds, by their size in bytes.</summary>
    /// <exception cref="InvalidDataException">The file is no zip archive; <see cref="Check"/> tells it in words.</exception>
    public static IReadOnlyDictionary<long, int> TensorSizes(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.Where(e => e.FullName.Contains("/data/", StringComparison.Ordinal)).CountBy(e => e.Length).ToDictionary();
    }

    private static string? Problem(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return Problem(archive.Entries);
        }
        catch (InvalidDataException error)
        {
            return $"it is no whole zip archive ({error.Message.TrimEnd('.')})";
        }
    }

    private static string? Problem(IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        if (entries.Count > MaxEntries)
            return $"it has {entries.Count} entries, more than {MaxEntries}";
        if (entries.Where(e => e.CompressedLength != e.Length).Sum(e => (double)e.Length) > MaxUnpacked)
            return "it unpacks to far more than code and names need";
        var names = entries.Select(e => e.FullName).ToList();
        if (names.Find(n => n.EndsWith("/data.pkl", StringComparison.Ordinal)) is not { } data)
            return "it has no data.pkl";
        var root = data[..^"data.pkl".Length];
        if (!names.Exists(n => n.StartsWith(root + "code/", StringComparison.Ordinal)) || !names.Contains(root + "constants.pkl"))
            return "it has no code; torch.save writes such files, which are Python pickles";
        return null;
    }
}
