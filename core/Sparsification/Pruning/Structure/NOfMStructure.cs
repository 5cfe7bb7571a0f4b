using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>N:M sparsity: of every M consecutive weights of an output row the N with the highest scores stay.</summary>
/// <remarks>
/// Mishra et al., "Accelerating Sparse Deep Neural Networks", 2021, arXiv 2104.08378 (2:4 along the input dimension of a linear
/// layer, by magnitude). A convolution's row is its input channels times its kernel in the order they are stored; libraries that want
/// groups of input channels need the weights permuted first. Each layer has density N/M exactly, so sparsity is 1 − N/M and allocations
/// that give layers other densities are refused. Ties: the lower flat index stays. O(n), nothing beside the weights.
/// </remarks>
internal sealed class NOfMStructure(string name, int kept, int group, string useWhen) : IStructure
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = name,
        Title = $"{kept}:{group}",
        UseWhen = useWhen,
        Paper = "Mishra et al., Accelerating Sparse Deep Neural Networks, 2021, arXiv 2104.08378",
    };

    public double? Density => (double)kept / group;

    public void Select(IScoreSource scores, IReadOnlyList<CutGroup> groups, IReadOnlyList<ulong[]> masks)
    {
        foreach (var cut in groups)
            Select(scores, cut, masks);
    }

    private void Select(IScoreSource scores, CutGroup cut, IReadOnlyList<ulong[]> masks)
    {
        foreach (var tensor in cut.Tensors)
            CheckRows(scores.Tensors[tensor]);
        Workers.Run(
            Chunk.Split(cut.Tensors.Select(t => (t, scores.Tensors[t].Total))),
            scores.Parallelism,
            () => new float[Chunk.Block],
            (chunk, scratch) =>
            {
                foreach (var block in chunk.Blocks())
                    Select(scores, cut, block, scratch.AsSpan(0, block.Count), masks[block.Tensor].AsSpan((int)(block.Start / 64)));
            });
    }

    /// <summary>Rows hold whole groups, 64 bits and blocks too, so no group crosses any of them.</summary>
    private void Select(IScoreSource scores, CutGroup cut, Chunk block, Span<float> run, Span<ulong> words)
    {
        scores.Read(block.Tensor, block.Start, run);
        for (var i = 0; i < run.Length; i += group)
            for (var n = 0; n < kept; n++)
            {
                var best = i + Best(run.Slice(i, group));
                if (!float.IsFinite(run[best]))
                    NotFiniteScore.Throw(scores, cut);
                if (run[best] < 0)
                    throw TooFewLeft(scores.Tensors[block.Tensor], block.Start + i);
                words[best / 64] |= 1UL << (best % 64);
                run[best] = -1;
            }
    }

    /// <summary>The first of the highest; NaN and infinity before any number.</summary>
    private static int Best(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best] || float.IsNaN(scores[i]))
                best = i;
        return best;
    }

    private void CheckRows(PrunableTensor tensor)
    {
        var row = tensor.Total == 0 ? 0 : tensor.Total / tensor.Shape[0];
        if (row % group != 0)
            throw new DomainException(
                FailureCodes.UnreachableSparsity,
                $"The rows of '{tensor.Name}' have {row} weights, which are no whole groups of {group} for the structure '{name}'.",
                $"Exclude '{tensor.Name}', or use the structure '{StructureNames.Unstructured}'.");
    }

    private DomainException TooFewLeft(PrunableTensor tensor, long start) => new(
        FailureCodes.MaskMismatch,
        $"The previous mask leaves fewer than {kept} of the {group} weights of '{tensor.Name}' from flat index {start}, which the structure '{name}' keeps.",
        "Give a previous mask of the same structure, or none.");
}
