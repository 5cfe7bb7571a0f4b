using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Averages candidates under the mask they share, or gives the average a mask made of theirs.</summary>
internal sealed class MaskedAverage
{
    private readonly SoupRequest _request;
    private readonly Merger _merger;
    private readonly IMaskPolicy? _policy;

    private MaskedAverage(SoupRequest request, Merger merger, IMaskPolicy? policy) =>
        (_request, _merger, _policy) = (request, merger, policy);

    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.UnknownMethod"/>, or <see cref="FailureCodes.MaskMismatch"/>: a candidate has no mask, one of another structure,
    /// or weights that its mask prunes.
    /// </exception>
    public static MaskedAverage Of(SoupRequest request, CandidateSet candidates, Merger merger)
    {
        if (request.MaskPolicy is null)
            return new MaskedAverage(request, merger, null);
        var policy = MaskPolicies.Registry.Find(request.MaskPolicy);
        for (var i = 0; i < request.Candidates.Count; i++)
            Check(i, candidates.States[i], request.Candidates[i].Mask);
        return new MaskedAverage(request, merger, policy);
    }

    /// <summary>Writes a mix; returns the mask of what was written, null for dense candidates, and what the merge tells of the tensors.</summary>
    public async Task<(SparsityMask? Mask, IReadOnlyList<MergedTensor> Figures)> WriteAsync(SoupMix mix, string path, CancellationToken cancellationToken)
    {
        if (_policy is null)
            return (_request.Mask, _merger.Write(mix, new CheckpointTarget(path)));

        using var average = new AverageFiles(path);
        var figures = _merger.Write(mix, new CheckpointTarget(average.Checkpoint));
        List<SparsityMask> masks = [.. mix.Members.Select(m => _request.Candidates[m].Mask!)];
        var recut = _request is { Collect: { } collect, Recut: { } rule }
            ? await average.WithStatisticsAsync(rule, masks.Aggregate((a, b) => a.Union(b)), collect, cancellationToken)
            : _request.Recut;
        using var state = StateDict.Open(average.Checkpoint);
        return (_policy.Apply(state, masks, recut, path), figures);
    }

    private static void Check(int candidate, StateDict state, SparsityMask? mask)
    {
        if (mask is null)
            throw new DomainException(
                FailureCodes.MaskMismatch, $"Candidate {candidate} has no mask.", "Give every candidate the mask it was trained under, or all of them one.");
        if (ZeroCheck.Violations(state, mask) is [var first, ..])
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"Candidate {candidate} has {first.FirstValue} in '{first.Name}' at flat index {first.FirstIndex}, which its own mask prunes.",
                "Give every candidate the mask it was trained under.");
    }
}
