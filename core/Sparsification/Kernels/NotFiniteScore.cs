using System.Diagnostics.CodeAnalysis;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Names the first weight whose score cannot be compared.</summary>
internal static class NotFiniteScore
{
    [DoesNotReturn]
    public static void Throw(IScoreSource scores, CutGroup group)
    {
        var scratch = new double[Chunk.Block];
        foreach (var block in Chunk.Split(group.Tensors.Select(t => (t, scores.Tensors[t].Total))).SelectMany(c => c.Blocks()))
        {
            var run = scratch.AsSpan(0, block.Count);
            scores.Read(block.Tensor, block.Start, run);
            for (var i = 0; i < run.Length; i++)
                if (!double.IsFinite(run[i]))
                    throw new DomainException(
                        FailureCodes.NotFinite,
                        $"Tensor '{scores.Tensors[block.Tensor].Name}' holds NaN or infinity at flat index {block.Start + i}.",
                        "Prune a checkpoint of a training that has not diverged.");
        }
        throw new InvalidOperationException("The scores changed between two passes over them.");
    }
}
