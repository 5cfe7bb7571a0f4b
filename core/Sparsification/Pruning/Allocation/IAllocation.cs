using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>How the kept weights are spread over the layers.</summary>
public interface IAllocation : IMethod
{
    /// <summary>Splits the tensors into groups that are cut by one threshold each.</summary>
    /// <param name="tensors">The prunable tensors in ordinal order of their names.</param>
    /// <param name="kept">Weights to keep in all, at most the sum of <see cref="PrunableTensor.Remaining"/>.</param>
    /// <returns>Every tensor in exactly one group; the groups' kept weights add up to <paramref name="kept"/>.</returns>
    IReadOnlyList<CutGroup> Allocate(IReadOnlyList<PrunableTensor> tensors, long kept);
}
