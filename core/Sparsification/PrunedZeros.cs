using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification;

/// <summary>The invariant of every sparse checkpoint: what its mask prunes is exactly zero.</summary>
public static class PrunedZeros
{
    /// <summary>Scans the masked tensors of a checkpoint.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>, naming the first weight that is not zero.</exception>
    public static void Check(string checkpoint, SparsityMask mask)
    {
        using var state = StateDict.Open(checkpoint);
        MaskFit.CheckWithin(mask, state.Tensors, "mask");
        var chunks = Chunk.Split(mask.Tensors.Select((t, i) => (i, t.Count)));
        Workers.Run(chunks, Environment.ProcessorCount, () => new float[Chunk.Block], (chunk, scratch) =>
        {
            foreach (var block in chunk.Blocks())
                Check(state, mask.Tensors[block.Tensor], block, scratch.AsSpan(0, block.Count));
        });
    }

    private static void Check(StateDict state, TensorMask mask, Chunk block, Span<float> run)
    {
        state.ReadFloats(mask.Name, block.Start, run);
        if (MaskedZeros.FirstViolation(run, mask.Words[(int)(block.Start / 64)..]) is var at and >= 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"'{mask.Name}' has {run[at]} at flat index {block.Start + at}, which the mask prunes.",
                "Apply the mask after every update of the weights, or prune again.");
    }
}
