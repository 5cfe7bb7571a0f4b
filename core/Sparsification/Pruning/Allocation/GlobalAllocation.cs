using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>All tensors compete under one threshold.</summary>
internal sealed class GlobalAllocation : IAllocation
{
    public const string Name = "global";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Allocation,
        Name = Name,
        Title = "Global",
        UseWhen = "Use when scores are comparable across layers: important layers stay denser by themselves.",
        Traits = MethodTraits.ComparesLayers,
    };

    public string? ProblemWith(IPruner pruner) => pruner is ILayerSolver
        ? $"'{Name}' compares weights of different layers, and the pruner '{pruner.Info.Name}' solves each layer for itself"
        : null;

    public IReadOnlyList<CutGroup> Allocate(IScoreSource scores, long kept) =>
        [new CutGroup([.. Enumerable.Range(0, scores.Tensors.Count)], kept)];
}
