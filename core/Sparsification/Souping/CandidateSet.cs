using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Open candidates of one structure, and the mask they share.</summary>
internal sealed class CandidateSet : IDisposable
{
    private readonly List<StateDict> _states = [];

    private CandidateSet(SparsityMask? mask) => Mask = mask;

    public SparsityMask? Mask { get; }

    public IReadOnlyList<StateDict> States => _states;

    public IReadOnlyList<TensorInfo> Tensors => _states[0].Tensors;

    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/> (no candidate), <see cref="FailureCodes.ShapeMismatch"/> or <see cref="FailureCodes.MaskMismatch"/>.
    /// </exception>
    public static CandidateSet Open(IReadOnlyList<string> paths, SparsityMask? mask)
    {
        if (paths.Count == 0)
            throw new DomainException(FailureCodes.MissingArtifact, "The soup has no candidates.", "Offer at least one checkpoint.");
        var set = new CandidateSet(mask);
        try
        {
            foreach (var path in paths)
                set.Add(path);
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

    public void Dispose() => _states.ForEach(s => s.Dispose());

    private void Add(string path)
    {
        var state = StateDict.Open(path);
        _states.Add(state);
        if (state.StructureDigest == _states[0].StructureDigest)
            return;
        var difference = state.Tensors.Except(Tensors).Concat(Tensors.Except(state.Tensors)).First();
        throw new DomainException(
            FailureCodes.ShapeMismatch,
            $"Candidate {_states.Count - 1} is of another structure than candidate 0: {difference} is in only one of them.",
            "Average checkpoints of one architecture.");
    }
}
