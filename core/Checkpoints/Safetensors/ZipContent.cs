using System.IO.Compression;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks into the directory of a zip archive, and into nothing else of it, to say what kind it is.</summary>
internal static class ZipContent
{
    private static readonly string[] TorchEndings = [".pt", ".pth", ".bin", ".ckpt"];

    /// <summary>Whether torch.save or torch.jit wrote it; of one that is damaged its ending decides.</summary>
    public static bool IsTorch(string path) => Names(path) is { } names
        ? names.Any(n => n == "data.pkl" || n.EndsWith("/data.pkl", StringComparison.Ordinal))
        : TorchEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>What any other archive is, and the way out.</summary>
    public static (string Format, string Remedy) Describe(string path) => Names(path) switch
    {
        null => ("a zip archive that is damaged or cut off", "Fetch the file again, and unpack it."),
        var names when names.FirstOrDefault(n => n.EndsWith(".safetensors", StringComparison.Ordinal)) is { } inside =>
            ($"a zip archive that holds {CorruptFile.Quote(inside)}", "Unpack it first, and give what is in it."),
        var names when names.Any(n => n.EndsWith(".npy", StringComparison.Ordinal)) =>
            ("a zip archive of NumPy arrays (.npz)", "Write them as safetensors: safetensors.numpy.save_file(dict(numpy.load(path)), output)."),
        _ => ("a zip archive", "Unpack it first, and give the .safetensors file that is in it."),
    };

    private static List<string>? Names(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return [.. archive.Entries.Select(e => e.FullName)];
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
