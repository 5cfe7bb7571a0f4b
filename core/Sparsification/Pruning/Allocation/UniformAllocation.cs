using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Every tensor keeps the same fraction of its weights.</summary>
/// <remarks>
/// Fractions of a weight are settled by largest remainder, so the total is exact. A layer that an earlier cut left with
/// fewer weights than its share keeps all it has, and the others share the rest in proportion to their size.
/// </remarks>
internal sealed class UniformAllocation : IAllocation
{
    public const string Name = "uniform";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Allocation,
        Name = Name,
        Title = "Uniform",
        UseWhen = "Use when a global cut empties a layer, or when layers shall shrink alike.",
    };

    public IReadOnlyList<CutGroup> Allocate(IScoreSource scores, long kept)
    {
        var shares = Apportionment.Split(kept, [.. scores.Tensors.Select(t => (double)t.Total)], [.. scores.Tensors.Select(t => t.Remaining)]);
        return [.. shares.Select((share, tensor) => new CutGroup([tensor], share))];
    }
}
