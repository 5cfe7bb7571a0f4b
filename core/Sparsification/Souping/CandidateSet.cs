using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Open candidates of one structure, and the mask they share.</summary>
internal sealed class CandidateSet : IDisposable
{
    private readonly IReadOnlyList<StateDict> _states;
    private readonly List<StatisticsFile> _statistics = [];

    private CandidateSet(IReadOnlyList<StateDict> states, SparsityMask? mask, StateDict? anchor) =>
        (_states, Mask, Anchor) = (states, mask, anchor is null ? null : new SoupMember(-1, anchor, 0));

    public SparsityMask? Mask { get; }

    /// <summary>The network that merges measure members from; null without one.</summary>
    public SoupMember? Anchor { get; }

    public IReadOnlyList<StateDict> States => _states;

    /// <summary>The squared gradients of a candidate; null where none were given.</summary>
    public StatisticsFile? Statistics(int candidate) => _statistics.Count == 0 ? null : _statistics[candidate];

    public IReadOnlyList<TensorInfo> Tensors => _states[0].Tensors;

    /// <param name="paths">Checkpoints, plain or packed.</param>
    /// <param name="mask">The mask they share.</param>
    /// <param name="scratch">Folder with room for what is unpacked.</param>
    /// <param name="anyType">Whether a floating-point tensor may be of one type here and of another there.</param>
    /// <param name="anchor">A checkpoint of the same structure that merges measure members from; null without one.</param>
    /// <param name="statistics">Squared gradients of every candidate; null or empty for none.</param>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.MissingArtifact"/> (no candidate), <see cref="FailureCodes.WrongKind"/>, <see cref="FailureCodes.ShapeMismatch"/> or
    /// <see cref="FailureCodes.MaskMismatch"/>.
    /// </exception>
    public static CandidateSet Open(IReadOnlyList<string> paths, SparsityMask? mask, string? scratch = null, bool anyType = false, string? anchor = null,
        IReadOnlyList<string>? statistics = null)
    {
        if (paths.Count == 0)
            throw new DomainException(FailureCodes.MissingArtifact, "The soup has no candidates.", "Offer at least one checkpoint.");
        var all = CheckpointFile.OpenAll(anchor is null ? paths : [.. paths, anchor], CheckpointUse.Average, scratch, mask);
        var set = new CandidateSet([.. all.Take(paths.Count)], mask, anchor is null ? null : all[^1]);
        try
        {
            for (var i = 1; i < all.Count; i++)
                StructureDifference.Check(all[0], all[i], anyType);
            CarriedTensors.Check(all);
            if (mask is not null)
                MaskFit.Ensure(set._states[0], mask);
            set._statistics.AddRange((statistics ?? []).Select(StatisticsFile.Open));
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
        Anchor?.State.Dispose();
        _statistics.ForEach(s => s.Dispose());
    }
}
