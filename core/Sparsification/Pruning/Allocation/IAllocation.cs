using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>How the kept weights are spread over the layers.</summary>
public interface IAllocation : IMethod
{
    /// <summary>Why this spread makes no sense with that pruner's scores, or null; asked of recipes and before every cut.</summary>
    string? ProblemWith(IPruner pruner) => null;

    /// <summary>Splits the tensors into groups that are cut by one threshold each.</summary>
    /// <param name="scores">The prunable tensors in ordinal order of their names, and what their weights are worth.</param>
    /// <param name="kept">Weights to keep in all, at most the sum of <see cref="PrunableTensor.Remaining"/>.</param>
    /// <returns>Every tensor in exactly one group; the groups' kept weights add up to <paramref name="kept"/>.</returns>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>, from allocations that read scores.</exception>
    IReadOnlyList<CutGroup> Allocate(IScoreSource scores, long kept);
}
