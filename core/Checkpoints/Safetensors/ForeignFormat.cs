using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Recognises what people give instead of a safetensors file by its first bytes and calls it by its name: Python checkpoints, which would
/// run code when they are read, and what a download leaves in place of the file.
/// </summary>
internal static class ForeignFormat
{
    /// <summary>First bytes that tell all of them.</summary>
    public const int Enough = 512;

    private const string Convert =
        "Convert it where you trust it: python -c \"import sys, torch, safetensors.torch as s; "
        + "s.save_file({k: v.clone().contiguous() for k, v in "
        + "torch.load(sys.argv[1], map_location='cpu', weights_only=True).items()}, sys.argv[2])\" ";

    private const string Download = "Download the file itself: the address of a page names it, but is not it, and some files need a login.";

    /// <summary>Throws when the file is no safetensors file but one of the others.</summary>
    /// <exception cref="DomainException">With its name, the reason and the way out.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> start, ulong headerLength, ulong available)
    {
        // A safetensors header begins with a brace and fits the file: whatever its length bytes spell, it is none of the others.
        if (headerLength <= available && headerLength <= SafetensorsHeader.MaxLength && start.Length > 8 && start[8] == (byte)'{')
            return;
        RefusePickle(path, start);
        if ((Binary(path, start) ?? Pointer(start) ?? Markup(start) ?? Text(start)) is var (format, remedy))
            throw CorruptFile.Because(path, $"this is {format}, not a safetensors file.", remedy);
    }

    /// <summary>The same of a file that should be an index in JSON.</summary>
    /// <exception cref="DomainException">With its name and the way out.</exception>
    public static void RefuseIndex(string path, ReadOnlySpan<byte> start)
    {
        start = start[..Math.Min(start.Length, Enough)];
        if ((Pointer(start) ?? Markup(start)) is var (format, remedy))
            throw CorruptFile.Because(path, $"this is {format}, not an index of shards.", remedy);
    }

    private static void RefusePickle(string path, ReadOnlySpan<byte> start)
    {
        var isZip = start is [(byte)'P', (byte)'K', 3, 4, ..];
        if (start is not [0x80, >= 2 and <= 5, ..] && !(isZip && ZipContent.IsTorch(path)))
            return;
        var name = Path.GetFileName(path);
        throw CorruptFile.Because(
            path,
            $"this is {(isZip ? "a zip archive as torch.save writes it" : "a pickle stream")}. "
            + "Such files are Python pickles: reading one executes the code it contains, so it is refused.",
            $"{Convert}{Quoted(name)} {Quoted(Path.ChangeExtension(name, ".safetensors"))}");
    }

    // The line is made to be pasted into a shell, and the name may come from a stranger.
    private static string Quoted(string name) => $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static (string Format, string Remedy)? Binary(string path, ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => ZipContent.Describe(path),
        [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] =>
            ("a GGUF file of llama.cpp", "Give the safetensors checkpoint it was made from; GGUF files are quantised as a rule."),
        [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] =>
            ("a NumPy array", "Write it as safetensors: safetensors.numpy.save_file({name: numpy.load(path)}, output)."),
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => ("an HDF5 file, as Keras writes it", "Write its weights as safetensors."),
        [0x1F, 0x8B, ..] => ("a gzip archive", "Unpack it first: gunzip, or tar -xzf."),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ("a zstd archive", "Unpack it first: unzstd."),
        _ when start.Length > 262 && start[257..262].SequenceEqual("ustar"u8) => ("a tar archive", "Unpack it first: tar -xf."),
        _ => null,
    };

    private static (string Format, string Remedy)? Pointer(ReadOnlySpan<byte> start) => start.StartsWith("version https://git-lfs"u8)
        ? ("a Git-LFS pointer, which names the file but does not hold it", "Fetch the file: git lfs pull in its repository.")
        : null;

    private static (string Format, string Remedy)? Markup(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (StartsWithAny(text, "<!doctype html", "<html", "<head", "<body"))
            return ("an HTML page", Download);
        return StartsWithAny(text, "<?xml", "<!doctype", "<error") ? ("an XML document, such as the error of an object store", Download) : null;
    }

    // A length prefix of eight printable characters would be one of millions of gigabytes.
    private static (string Format, string Remedy)? Text(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 60)]).TrimStart();
        if (text.Length < 8 || !text[..8].All(IsPrintable))
            return null;
        return text[0] is '{' or '['
            ? ("JSON text", "Give the checkpoint; the name of an index of shards ends in '.safetensors.index.json'.")
            : ($"text that begins {CorruptFile.Quote(text.Split('\n', '\r')[0])}", Download);
    }

    private static bool IsPrintable(char character) => character is >= ' ' and <= '~' or '\t' or '\n' or '\r';

    private static bool StartsWithAny(string text, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
