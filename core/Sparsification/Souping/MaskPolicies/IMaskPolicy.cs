using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>What becomes of the masks when networks with masks of their own are averaged.</summary>
public interface IMaskPolicy : IMethod
{
    /// <summary>Gives an average its mask: writes it with everything the mask prunes set to zero.</summary>
    /// <param name="average">Σ λᵢ wᵢ, in which a weight that a member has pruned counts as that member's 0.</param>
    /// <param name="masks">The members' masks, at least one, all over the same tensors.</param>
    /// <param name="recut">What a policy that prunes again cuts by; null when the soup names none.</param>
    /// <param name="output">The checkpoint to write.</param>
    /// <returns>The mask of what was written.</returns>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MaskMismatch"/>, or <see cref="FailureCodes.InvalidOption"/>: the policy needs a cut and there is none.
    /// </exception>
    SparsityMask Apply(StateDict average, IReadOnlyList<SparsityMask> masks, PruneRequest? recut, string output);
}
