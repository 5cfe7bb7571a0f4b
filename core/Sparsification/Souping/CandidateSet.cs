using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Open candidates of one structure, and the mask they share.</summary>
internal sealed class CandidateSet : IDisposable
{
    private readonly IReadOnlyList<StateDict> _states;

    private CandidateSet(IReadOnlyList<StateDict> states, SparsityMask? mask) => (_states, Mask) = (states, mask);

    public SparsityMask? Mask { get; }

    public IReadOnlyList<StateDict> States => _states;

    public IReadOnlyList<TensorInfo> Tensors => _states[0].Tensors;

    /// <param name="paths">Checkpoints, plain or packed.</param>
    /// <param name="mask">The mask they share.</param>
    /// <param name="scratch">Folder with room for what is unpacked.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/> (no candidate), <see cref="FailureCodes.WrongKind"/>, <see cref="FailureCodes.ShapeMismatch"/> or
    /// <see cref="FailureCodes.MaskMismatch"/>.
    /// </exception>
    public static CandidateSet Open(IReadOnlyList<string> paths, SparsityMask? mask, string? scratch = null)
    {
        if (paths.Count == 0)
            throw new DomainException(FailureCodes.MissingArtifact, "The soup has no candidates.", "Offer at least one checkpoint.");
        var set = new CandidateSet(CheckpointFile.OpenAll(paths, CheckpointUse.Average, scratch, mask), mask);
        try
        {
            for (var i = 1; i < paths.Count; i++)
                set.CheckStructure(i);
            if (mask is not null)
                MaskFit.Ensure(set._states[0], mask);
            return set;
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var state in _states)
            state.Dispose();
    }

    private void CheckStructure(int candidate)
    {
        var state = _states[candidate];
        if (state.StructureDigest == _states[0].StructureDigest)
            return;
        var difference = state.Tensors.Except(Tensors).Concat(Tensors.Except(state.Tensors)).First();
        throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"Candidate {candidate} is of another structure than candidate 0: {difference} is in only one of them.",
            "Average checkpoints of one architecture.");
    }
}
