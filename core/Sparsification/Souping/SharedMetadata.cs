using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What all members of a soup say of themselves in the same words, such as <c>format: pt</c>.</summary>
internal static class SharedMetadata
{
    public static Dictionary<string, string> Of(IReadOnlyList<StateDict> members) => CheckpointOrigin.Without(members[0].Metadata)
        .Where(m => members.All(s => s.Metadata.TryGetValue(m.Key, out var value) && value == m.Value))
        .ToDictionary(StringComparer.Ordinal);
}
