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
