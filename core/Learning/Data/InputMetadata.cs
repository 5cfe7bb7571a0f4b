using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>What is written about inputs and outputs into the metadata of every checkpoint that is trained; docs/file-formats.md has the keys.</summary>
/// <remarks>Strings of a safetensors header: lists are JSON. Equal data gives equal strings, so averages keep them: all members agree.</remarks>
public static class InputMetadata
{
    public const string Kind = "sparsepipeline.input";
    public const string Shape = "sparsepipeline.shape";
    public const string Mean = "sparsepipeline.mean";
    public const string Deviation = "sparsepipeline.deviation";
    public const string Columns = "sparsepipeline.columns";
    public const string Labels = "sparsepipeline.labels";
    public const string Vocabulary = "sparsepipeline.vocabulary";
    public const string Tokens = "sparsepipeline.tokens";
    public const string Target = "sparsepipeline.target";

    private static readonly JsonSerializerOptions Compact = new(ContractJson.Options) { WriteIndented = false };

    private const string Prefix = "sparsepipeline.";

    /// <summary>Loaders of the transformers family refuse files that do not say whose tensors they are.</summary>
    private const string Format = "format";
    private const string PyTorch = "pt";

    /// <summary>The entries for a data set, in place of those of a file that was trained on another.</summary>
    /// <param name="data">What the network is trained on.</param>
    /// <param name="before">
    /// Metadata of the file that was started from. What others wrote is kept; what we did, such as the run an export comes from, is not true any more.
    /// </param>
    public static IReadOnlyDictionary<string, string> Of(DataSplits data, IReadOnlyDictionary<string, string>? before = null)
    {
        var kept = (before ?? new Dictionary<string, string>()).Where(m => !m.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary();
        var metadata = new SortedDictionary<string, string>(kept, StringComparer.Ordinal);
        var inputs = data.Describe();
        metadata.TryAdd(Format, PyTorch);
        metadata[Kind] = inputs.Kind;
        Set(metadata, Shape, inputs.Shape);
        Set(metadata, Mean, inputs.Mean is { Count: 0 } ? null : inputs.Mean);
        Set(metadata, Deviation, inputs.Deviation is { Count: 0 } ? null : inputs.Deviation);
        Set(metadata, Columns, inputs.Columns);
        Set(metadata, Labels, inputs.Labels is { Count: 0 } ? null : inputs.Labels);
        Set(metadata, Vocabulary, inputs.Vocabulary);
        if (inputs.Tokens is { } tokens)
            metadata[Tokens] = tokens;
        if (inputs.Target is { } target)
            metadata[Target] = JsonSerializer.Serialize(target, Compact);
        return metadata;
    }

    private static void Set<T>(SortedDictionary<string, string> metadata, string key, IReadOnlyList<T>? values)
    {
        if (values is null)
            metadata.Remove(key);
        else
            metadata[key] = JsonSerializer.Serialize(values);
    }
}
