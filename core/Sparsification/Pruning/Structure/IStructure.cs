using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The pattern kept weights must form, and with it the way the best of them are found.</summary>
public interface IStructure : IMethod
{
    /// <summary>The only density the pattern can have, in (0, 1), the same in every layer; null when any will do.</summary>
    double? Density => null;

    /// <summary>Chooses exactly <see cref="CutGroup.Kept"/> weights of a group.</summary>
    /// <param name="scores">Score of every weight; −1 for those an earlier cut pruned.</param>
    /// <param name="group">The tensors that compete and the number to keep.</param>
    /// <param name="masks">
    /// One bitset per tensor of <paramref name="scores"/>, all bits 0 on entry: bit i % 64 of word i / 64 is set for each weight kept.
    /// </param>
    /// <exception cref="DomainException">A tensor, or what earlier cuts left of it, cannot have the pattern.</exception>
    void Select(IScoreSource scores, CutGroup group, IReadOnlyList<ulong[]> masks);
}
