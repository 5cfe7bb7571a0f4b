using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Keeps a weight of the average when all members keep it: mask = m₁ ∧ … ∧ mₙ.</summary>
/// <remarks>
/// The counterpart of <see cref="UnionPolicy"/>. At high sparsity independent masks share little, so much of the average is lost: the soup is
/// at least as sparse as its sparsest member.
/// </remarks>
internal sealed class IntersectPolicy : IMaskPolicy
{
    public const string Name = "intersect";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.MaskPolicy,
        Name = Name,
        Title = "Intersection of masks",
        UseWhen = "Use to see how much of the networks their masks agree on; the soup is sparser than its members.",
    };

    public SparsityMask Apply(StateDict average, IReadOnlyList<SparsityMask> masks, PruneRequest? recut, string output)
    {
        var mask = masks.Aggregate((a, b) => a.Intersect(b));
        PrunedCheckpoint.Write(average, mask, output, Environment.ProcessorCount);
        return mask;
    }
}
