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
    public (SparsityMask? Mask, IReadOnlyList<MergedTensor> Figures) Write(SoupMix mix, string path)
    {
        if (_policy is null)
            return (_request.Mask, _merger.Write(mix, new CheckpointTarget(path)));

        var average = TemporaryName.Beside(path);
        try
        {
            var figures = _merger.Write(mix, new CheckpointTarget(average));
            using var state = StateDict.Open(average);
            return (_policy.Apply(state, [.. mix.Members.Select(m => _request.Candidates[m].Mask!)], _request.Recut, path), figures);
        }
        finally
        {
            File.Delete(average);
        }
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
