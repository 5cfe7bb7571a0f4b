using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The pattern kept weights must form, and with it the way the best of them are found.</summary>
public interface IStructure : IMethod
{
    /// <summary>The only density the pattern can have, in (0, 1), the same in every layer; null when any will do.</summary>
    double? Density => null;

    /// <summary>Most weights that stay or go together in a tensor; 1 when any number can be kept.</summary>
    long Unit(PrunableTensor tensor) => 1;

    /// <summary>Chooses <see cref="CutGroup.Kept"/> weights of every group, or, where weights stay or go together, as many of them as it can.</summary>
    /// <param name="scores">Score of every weight; −1 for those an earlier cut pruned.</param>
    /// <param name="groups">Tensors that compete and the number to keep among them; no tensor is in two groups.</param>
    /// <param name="masks">
    /// One bitset per tensor of <paramref name="scores"/>, all bits 0 on entry: bit i % 64 of word i / 64 is set for each weight kept.
    /// </param>
    /// <exception cref="DomainException">A tensor, or what earlier cuts left of it, cannot have the pattern, or not with so few weights.</exception>
    void Select(IScoreSource scores, IReadOnlyList<CutGroup> groups, IReadOnlyList<ulong[]> masks);
}
