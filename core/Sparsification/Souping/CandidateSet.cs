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
    /// <param name="anyType">Whether a floating-point tensor may be of one type here and of another there.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/> (no candidate), <see cref="FailureCodes.WrongKind"/>, <see cref="FailureCodes.ShapeMismatch"/> or
    /// <see cref="FailureCodes.MaskMismatch"/>.
    /// </exception>
    public static CandidateSet Open(IReadOnlyList<string> paths, SparsityMask? mask, string? scratch = null, bool anyType = false)
    {
        if (paths.Count == 0)
            throw new DomainException(FailureCodes.MissingArtifact, "The soup has no candidates.", "Offer at least one checkpoint.");
        var set = new CandidateSet(CheckpointFile.OpenAll(paths, CheckpointUse.Average, scratch, mask), mask);
        try
        {
            for (var i = 1; i < paths.Count; i++)
                StructureDifference.Check(set._states[0], set._states[i], anyType);
            CarriedTensors.Check(set._states);
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
}
