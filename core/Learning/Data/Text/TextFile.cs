using System.Text;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>One file as characters: Unicode scalar values, a byte order mark at the start left out.</summary>
internal static class TextFile
{
    /// <summary>Half of what the arrays of a split could hold.</summary>
    private const long LargestBytes = 1 << 29;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <exception cref="DomainException">The file is not UTF-8 or larger than 512 MiB.</exception>
    public static Rune[] Read(string path)
    {
        if (FileSize.Of(path) is var size && size > LargestBytes)
            throw Unusable(path, $"has {size} bytes, more than {LargestBytes}", "Use a part of it, or several smaller files.");
        var bytes = File.ReadAllBytes(path).AsSpan();
        try
        {
            return [.. Strict.GetString(bytes.StartsWith(Strict.Preamble) ? bytes[Strict.Preamble.Length..] : bytes).EnumerateRunes()];
        }
        catch (DecoderFallbackException error)
        {
            throw Unusable(
                path, $"is not UTF-8: byte 0x{error.BytesUnknown?.FirstOrDefault():x2} at {error.Index}", "Convert it, for example with 'iconv -f latin1 -t utf-8'.");
        }
    }

    private static DomainException Unusable(string path, string problem, string remedy) =>
        new(FailureCodes.CorruptArtifact, $"Text file '{path}' {problem}.", remedy);
}
