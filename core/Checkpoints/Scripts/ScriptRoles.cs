using System.IO.Compression;

namespace SparsePipeline.Checkpoints;

/// <summary>Tells from a TorchScript archive, without running anything of it, which layers its tensors belong to.</summary>
/// <remarks>
/// A script keeps the classes of its modules. Tensors of PyTorch's own layers are what their layer makes them; those of other classes are
/// judged by name and shape. A tensor with several names, such as one for embedding and head, is a weight when one of them is.
/// </remarks>
public static class ScriptRoles
{
    private const string Layers = ".torch.nn.modules.";
    private const int Deepest = 100;
    private const int Most = 100_000;
    private const int LongestPickle = 1 << 26;
    private static readonly string[] Multiplying = ["Linear", "Bilinear", "Conv", "LSTM", "GRU", "RNN", "NonDynamicallyQuantizableLinear"];

    /// <summary>Tensor name → what it is, of all tensors whose layer is known. Empty when the archive cannot be read so.</summary>
    /// <param name="path">The file of a script.</param>
    public static IReadOnlyDictionary<string, TensorRole> Of(string path) => Into(TensorSelection.Default, path).Roles;

    /// <summary>The selection with the layers of a script, or with the reason why they are not known.</summary>
    /// <param name="selection">What somebody says about the tensors.</param>
    /// <param name="path">The file of a script.</param>
    public static TensorSelection Into(TensorSelection selection, string path)
    {
        try
        {
            return selection with { Roles = Of(ScriptPickle.Read(Pickle(path))) };
        }
        catch (InvalidDataException error)
        {
            return selection with { Unread = $"The layers of the script could not be read, so tensors are judged by names and shapes: {error.Message}" };
        }
    }

    private static Dictionary<string, TensorRole> Of(ScriptObject script)
    {
        var found = new List<(string Name, string Identity, TensorRole? Role)>();
        var modules = 0;
        Walk(script, "", 0, found, ref modules);
        var pruned = found.Where(t => t.Role == TensorRole.Weight).Select(t => t.Identity).ToHashSet(StringComparer.Ordinal);
        return found.Where(t => t.Role is not null || pruned.Contains(t.Identity))
            .ToDictionary(t => t.Name, t => pruned.Contains(t.Identity) ? TensorRole.Weight : t.Role!.Value, StringComparer.Ordinal);
    }

    // A module that lies in itself, or twice in each of many, would be walked for ever.
    private static void Walk(ScriptObject module, string path, int depth, List<(string Name, string Identity, TensorRole? Role)> found, ref int modules)
    {
        if (depth > Deepest || ++modules > Most || found.Count > Most)
            throw new InvalidDataException("The modules lie too deep in each other, or are too many.");
        foreach (var (name, value) in module.Attributes)
        {
            if (value is ScriptTensor tensor)
                found.Add((path + name, tensor.Identity, RoleOf(module.Type, name)));
            else if (value is ScriptObject inner)
                Walk(inner, $"{path}{name}.", depth + 1, found, ref modules);
        }
    }

    private static TensorRole? RoleOf(string type, string attribute)
    {
        if (!type.Contains(Layers, StringComparison.Ordinal))
            return null;
        var layer = type[(type.LastIndexOf('.') + 1)..];
        return attribute.Contains("bias", StringComparison.Ordinal) ? TensorRole.Bias
            : layer.StartsWith("Embedding", StringComparison.Ordinal) ? TensorRole.Embedding
            : layer.Contains("Norm", StringComparison.Ordinal) ? TensorRole.Norm
            : layer == "MultiheadAttention" || Multiplying.Any(m => layer.StartsWith(m, StringComparison.Ordinal)) ? TensorRole.Weight
            : null;
    }

    private static byte[] Pickle(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var entry = archive.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)) ?? throw new InvalidDataException("There is no data.pkl.");
        if (entry.Length > LongestPickle)
            throw new InvalidDataException("The pickle is far longer than names need.");
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
