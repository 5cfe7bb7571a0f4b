using System.IO.Compression;
using System.Text;

namespace SparsePipeline.TestKit;

/// <summary>The TorchScript example, and copies of it that are changed inside: an archive holds its code as text and its weights as they are.</summary>
public static class ExampleScript
{
    /// <summary>The code of the network itself.</summary>
    public const string Network = "code/__torch__.py";

    /// <summary>Takes [n, 1, 8, 8], returns logits [n, 10]; two BatchNorms, dropout.</summary>
    public static string File { get; } = Path.Combine(RepositoryFolder.Path, "examples/torchscript/net.pt");

    /// <summary>Takes [n, 2], returns logits [n, 3]; one BatchNorm.</summary>
    public static string RowsFile { get; } = Path.Combine(RepositoryFolder.Path, "examples/torchscript/rows.pt");

    /// <summary>Takes characters [n, length], returns logits [n, length, 67]; convolutions, nothing else.</summary>
    public static string TextFile { get; } = Path.Combine(RepositoryFolder.Path, "examples/torchscript/text.pt");

    /// <summary>A copy in which the entries whose names contain a text have other texts.</summary>
    public static string WithText(string copy, string entry, string old, string replacement, string? source = null) => WithBytes(copy, entry, bytes =>
    {
        var text = Encoding.Latin1.GetString(bytes);
        return text.Contains(old, StringComparison.Ordinal)
            ? Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal))
            : throw new ArgumentException($"'{old}' is not in {entry}.", nameof(old));
    }, source);

    /// <summary>A copy in which the entries whose names contain a text have other bytes; null removes them.</summary>
    public static string WithBytes(string copy, string entry, Func<byte[], byte[]?> edit, string? source = null)
    {
        using var from = ZipFile.OpenRead(source ?? File);
        using var to = ZipFile.Open(copy, ZipArchiveMode.Create);
        foreach (var old in from.Entries)
        {
            var bytes = Read(old);
            if ((Matches(old.FullName, entry) ? edit(bytes) : bytes) is not { } changed)
                continue;
            using var stream = to.CreateEntry(old.FullName, CompressionLevel.NoCompression).Open();
            stream.Write(changed);
        }
        return copy;
    }

    /// <summary>
    /// A copy of the text network whose head and embedding are one tensor [67, 32]: the second convolution has 32 channels of its 64, and the
    /// head names the storage of the embedding, as PyTorch writes it.
    /// </summary>
    public static string Tied(string copy) => WithBytes(
        copy,
        "data.pkl",
        bytes => Replaced(
            bytes,
            ("(K@K@K\x05t", "(K K@K\x05t"),
            ("q\x22K\x00(K@t", "q\x22K\x00(K t"),
            ("(h\x07h\x08X\u0001\u0000\u0000\u00005q'h\nM\u00C0\x10tQq(K\x00(KCK@t(K@K\x01t", "h\x0BK\x00(KCK t(K K\x01t")),
        TextFile);

    /// <summary>A copy in which a class of PyTorch's, such as <c>Linear</c>, has another name.</summary>
    public static string WithClass(string copy, string old, string replacement, string? source = null) =>
        WithBytes(copy, "data.pkl", bytes => Replaced(bytes, ($"\n{old}\n", $"\n{replacement}\n")), source);

    private static byte[] Replaced(byte[] bytes, params (string Old, string New)[] texts)
    {
        var text = Encoding.Latin1.GetString(bytes);
        foreach (var (old, replacement) in texts)
            text = text.Contains(old, StringComparison.Ordinal)
                ? text.Replace(old, replacement, StringComparison.Ordinal)
                : throw new ArgumentException($"The pickle has no '{old}'.", nameof(texts));
        return Encoding.Latin1.GetBytes(text);
    }

    private static bool Matches(string name, string entry) =>
        name.Contains(entry, StringComparison.Ordinal) && !name.EndsWith(".debug_pkl", StringComparison.Ordinal);

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
