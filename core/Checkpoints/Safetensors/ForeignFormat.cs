using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Recognises Python checkpoints (zip and pickle) by their first bytes and refuses them: unpickling runs whatever code the file
/// names, so a checkpoint from elsewhere could run anything here.
/// </summary>
internal static class ForeignFormat
{
    private const string Convert =
        "Convert it where you trust it: python -c \"import sys, torch, safetensors.torch as s; "
        + "s.save_file({k: v.clone().contiguous() for k, v in "
        + "torch.load(sys.argv[1], map_location='cpu', weights_only=True).items()}, sys.argv[2])\" ";

    /// <summary>Throws when the file is no safetensors file but one of the others.</summary>
    /// <exception cref="DomainException">With the reason and the line of Python that converts it.</exception>
    public static void Refuse(string path, ReadOnlySpan<byte> start, ulong headerLength, ulong available)
    {
        // A safetensors header begins with a brace and fits the file: whatever its length bytes spell, it is not a pickle.
        if (headerLength <= available && headerLength <= SafetensorsHeader.MaxLength && start.Length > 8 && start[8] == (byte)'{')
            return;
        if (Name(start) is not { } format)
            return;
        var name = Path.GetFileName(path);
        throw CorruptFile.Because(
            path,
            $"this is {format}. Such files are Python pickles: reading one executes the code it contains, so it is refused.",
            $"{Convert}{Quoted(name)} {Quoted(Path.ChangeExtension(name, ".safetensors"))}");
    }

    // The line is made to be pasted into a shell, and the name may come from a stranger.
    private static string Quoted(string name) => $"'{name.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string? Name(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "a zip archive as torch.save writes it",
        [0x80, >= 2 and <= 5, ..] => "a pickle stream",
        _ => null,
    };
}
