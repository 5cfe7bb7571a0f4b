namespace SparsePipeline.Checkpoints;

/// <summary>Which tensors of a checkpoint stand for several of the model's.</summary>
/// <remarks>
/// As <c>safetensors.torch.save_model</c> writes it: the metadata names each left-out tensor, with the name of the one it is. Two tensors of
/// equal bytes are two tensors: a file does not say more.
/// </remarks>
public static class TiedTensors
{
    /// <summary>Left-out name → name in the file, in ordinal order; empty for files that say nothing.</summary>
    public static IReadOnlyDictionary<string, string> Of(StateDict state) => Of(state.Metadata, state.Tensors.Select(t => t.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>The same from the metadata and the names of a file.</summary>
    internal static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> metadata, IReadOnlySet<string> names) =>
        new SortedDictionary<string, string>(metadata.Where(m => !names.Contains(m.Key) && names.Contains(m.Value)).ToDictionary(), StringComparer.Ordinal);
}
