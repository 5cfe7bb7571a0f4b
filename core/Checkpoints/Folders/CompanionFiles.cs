namespace SparsePipeline.Checkpoints;

/// <summary>What lies beside a checkpoint in its folder and belongs to the network: configuration, tokenizer, licence.</summary>
public sealed class CompanionFiles
{
    /// <summary>Other weights: they are those of before, so they do not belong beside new ones.</summary>
    private static readonly string[] Weights =
        [".safetensors", ".safetensors.index.json", ".bin", ".bin.index.json", ".pt", ".pth", ".ckpt", ".h5", ".msgpack", ".onnx", ".gguf", ".tflite"];

    private CompanionFiles(IReadOnlyList<string> files, IReadOnlyList<string> leftOut)
    {
        Files = files;
        LeftOut = leftOut;
    }

    /// <summary>Paths of the files that go along, in ordinal order. Folders and hidden files do not.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Names of other weights and of folders, which stay behind.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The files beside a checkpoint.</summary>
    public static CompanionFiles Of(StateDict checkpoint)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(checkpoint.Path))!;
        var own = checkpoint.Files.Append(checkpoint.Path).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var others = Directory.GetFiles(folder).Where(f => !own.Contains(Path.GetFileName(f)) && Path.GetFileName(f)[0] != '.').Order(StringComparer.Ordinal).ToList();
        var folders = Directory.GetDirectories(folder).Select(f => Path.GetFileName(f)).Where(f => f[0] != '.').Select(f => f + "/").Order(StringComparer.Ordinal);
        return new CompanionFiles([.. others.Where(f => !IsWeights(f))], [.. others.Where(IsWeights).Select(f => Path.GetFileName(f)), .. folders]);
    }

    /// <summary>Names of files that the other has too, with other content.</summary>
    public IReadOnlyList<string> DifferingIn(CompanionFiles other)
    {
        var others = other.Files.ToDictionary(f => Path.GetFileName(f), StringComparer.Ordinal);
        return
        [
            .. Files.Where(f => others.TryGetValue(Path.GetFileName(f), out var same) && ContentDigest.OfFile(f) != ContentDigest.OfFile(same))
                .Select(f => Path.GetFileName(f)),
        ];
    }

    /// <summary>Copies the files into an existing folder, and what links point to instead of links.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="type">The type all floating-point tensors have been given; <c>config.json</c> is made to say so. Null when each kept its own.</param>
    public void CopyTo(string folder, TensorType? type)
    {
        foreach (var file in Files)
        {
            var target = Path.Combine(folder, Path.GetFileName(file));
            var text = type is { } t && Path.GetFileName(file) == ModelConfiguration.FileName ? ModelConfiguration.WithType(file, t) : null;
            if (text is null)
                File.Copy(file, target, overwrite: true);
            else
                File.WriteAllText(target, text);
        }
    }

    private static bool IsWeights(string file) => Array.Exists(Weights, w => file.EndsWith(w, StringComparison.OrdinalIgnoreCase));
}
