using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>All tensors compete under one threshold.</summary>
internal sealed class GlobalAllocation : IAllocation
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Allocation,
        Name = AllocationNames.Global,
        Title = "Global",
        UseWhen = "Use when scores are comparable across layers: important layers stay denser by themselves.",
    };

    public IReadOnlyList<CutGroup> Allocate(IReadOnlyList<PrunableTensor> tensors, long kept) =>
        [new CutGroup([.. Enumerable.Range(0, tensors.Count)], kept)];
}
