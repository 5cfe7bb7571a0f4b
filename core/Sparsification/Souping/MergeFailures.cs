using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Finds the candidate to blame.</summary>
internal static class MergeFailures
{
    /// <summary>Members first, because +1 and −1 would cancel in the mean; then the mean, because that is the promise.</summary>
    public static void CheckZeros(TensorMask mask, Chunk block, MergeBuffers buffers, ReadOnlySpan<float> mean)
    {
        var words = mask.Words[(int)(block.Start / 64)..];
        for (var i = 0; i < buffers.Members.Count; i++)
            if (MaskedZeros.FirstViolation(buffers.Row(i, block.Count), words) is var at and >= 0)
                throw new DomainException(
                    FailureCodes.MaskMismatch,
                    $"Candidate {buffers.Members[i].Index} has {buffers.Row(i, block.Count)[at]} in '{mask.Name}' at flat index {block.Start + at}, which the mask prunes.",
                    "Average candidates that were all trained under this mask.");
        if (MaskedZeros.FirstViolation(mean, words) is var index and >= 0)
            throw new InvalidOperationException($"The mean is not zero in '{mask.Name}' at flat index {block.Start + index} although all members are.");
    }

    public static DomainException NotFinite(TensorInfo tensor, Chunk block, MergeBuffers buffers)
    {
        for (var i = 0; i < buffers.Members.Count; i++)
            if (buffers.Row(i, block.Count).IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) is var at and >= 0)
                return new DomainException(
                    FailureCodes.NotFinite,
                    $"Candidate {buffers.Members[i].Index} has {buffers.Row(i, block.Count)[at]} in '{tensor.Name}' at flat index {block.Start + at}.",
                    "Leave out candidates whose training diverged.");
        return new DomainException(FailureCodes.NotFinite, $"The mean of '{tensor.Name}' overflows.", "Check the scale of its weights.");
    }
}
