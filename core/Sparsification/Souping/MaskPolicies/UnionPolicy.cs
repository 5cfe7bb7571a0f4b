using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Keeps a weight of the average when any member keeps it: mask = m₁ ∨ … ∨ mₙ, which is the average as it is.</summary>
/// <remarks>
/// What Zimmer, Spiegel, Pokutta, "Sparse Model Soups", ICLR 2024, arXiv 2306.16788, hold against averaging independently pruned networks
/// (their IMP-AVG): the sparsity is lost. A weight that a member has pruned counts as 0 in the mean, not as absent.
/// </remarks>
internal sealed class UnionPolicy : IMaskPolicy
{
    public const string Name = "union";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.MaskPolicy,
        Name = Name,
        Title = "Union of masks",
        UseWhen = "Use as the average of independent pruning runs (IMP-AVG); the soup is denser than its members.",
        Paper = "Zimmer, Spiegel, Pokutta, Sparse Model Soups, ICLR 2024, arXiv 2306.16788",
    };

    public SparsityMask Apply(StateDict average, IReadOnlyList<SparsityMask> masks, PruneRequest? recut, string output)
    {
        var mask = masks.Aggregate((a, b) => a.Union(b));
        PrunedCheckpoint.Write(average, mask, output, Environment.ProcessorCount);
        return mask;
    }
}
