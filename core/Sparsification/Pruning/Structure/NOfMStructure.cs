using System.Numerics;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>N:M sparsity: of every M consecutive inputs of an output the N weights with the highest scores stay.</summary>
/// <remarks>
/// Mishra et al., "Accelerating Sparse Deep Neural Networks", 2021, arXiv 2104.08378 (2:4 along the input dimension of a linear
/// layer, by magnitude). Inputs are the second dimension: of a convolution [output, input, kernel…] M consecutive input channels at one
/// place of the kernel are a group, as accelerators multiply it, with weights laid out as [output, kernel…, input]. Each layer has density
/// N/M exactly, so sparsity is 1 − N/M and allocations that give layers other densities are refused. Ties: the lower flat index stays.
/// O(n), nothing beside the weights.
/// </remarks>
internal sealed class NOfMStructure(int kept, int group, string useWhen) : IStructure
{
    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Structure,
        Name = $"{kept}-of-{group}",
        Title = $"{kept}:{group}",
        UseWhen = $"{useWhen} Groups run along the inputs of linear layers and along the input channels of convolutions.",
        Paper = "Mishra et al., Accelerating Sparse Deep Neural Networks, 2021, arXiv 2104.08378",
    };

    public double? Density => (double)kept / group;

    /// <summary>N and M.</summary>
    public (int Kept, int Group) Pattern => (kept, group);

    /// <exception cref="DomainException"><see cref="FailureCodes.UnreachableSparsity"/>: a tensor's inputs are no whole groups.</exception>
    public void EnsureWholeGroups(IEnumerable<PrunableTensor> tensors) => CheckInputs([.. tensors.Where(t => t.Total > 0)]);

    public void Select(IScoreSource scores, IReadOnlyList<CutGroup> groups, IReadOnlyList<ulong[]> masks)
    {
        foreach (var cut in groups)
            Select(scores, cut, masks);
    }

    private void Select(IScoreSource scores, CutGroup cut, IReadOnlyList<ulong[]> masks)
    {
        EnsureWholeGroups(cut.Tensors.Select(t => scores.Tensors[t]));
        if (scores.IsWide)
            SelectAs<double>(scores, cut, masks);
        else
            SelectAs<float>(scores, cut, masks);
    }

    private void SelectAs<T>(IScoreSource scores, CutGroup cut, IReadOnlyList<ulong[]> masks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var tensor in cut.Tensors.Where(t => scores.Tensors[t].Total > 0))
        {
            var place = Places(scores.Tensors[tensor]);
            // Whole groups and whole words of the mask, so that no group and no word belongs to two threads.
            var run = Multiple(64, checked(place * group));
            Workers.Run(
                [.. Chunk.Split([(tensor, scores.Tensors[tensor].Total)], Math.Max(run, Chunk.Block / run * run))],
                scores.Parallelism,
                () => new T[Math.Max(run, Chunk.Block / run * run)],
                (chunk, scratch) => Select(scores, cut, chunk, scratch.AsSpan(0, chunk.Count), masks[tensor].AsSpan((int)(chunk.Start / 64)), place));
        }
    }

    private void Select<T>(IScoreSource scores, CutGroup cut, Chunk chunk, Span<T> run, Span<ulong> words, int places)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        scores.Read(chunk.Tensor, chunk.Start, run);
        for (var start = 0; start < run.Length; start += places * group)
            for (var place = 0; place < places; place++)
                Select(scores, cut, chunk, run, words, (start + place, places));
    }

    private void Select<T>(IScoreSource scores, CutGroup cut, Chunk chunk, Span<T> run, Span<ulong> words, (int First, int Step) inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var n = 0; n < kept; n++)
        {
            var best = Best<T>(run, inputs);
            if (!T.IsFinite(run[best]))
                NotFiniteScore.Throw(scores, cut);
            if (run[best] < T.Zero)
                throw TooFewLeft(scores.Tensors[chunk.Tensor], chunk.Start + inputs.First);
            words[best / 64] |= 1UL << (best % 64);
            run[best] = T.NegativeOne;
        }
    }

    /// <summary>The first of the highest of a group; NaN and infinity before any number.</summary>
    private int Best<T>(ReadOnlySpan<T> scores, (int First, int Step) inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var best = inputs.First;
        for (var i = 1; i < group; i++)
            if (scores[inputs.First + (i * inputs.Step)] is var score && (score > scores[best] || T.IsNaN(score)))
                best = inputs.First + (i * inputs.Step);
        return best;
    }

    /// <summary>Weights from one input to one output: 1, or those of a kernel.</summary>
    private static int Places(PrunableTensor tensor) => checked((int)(tensor.Total / tensor.Shape[0] / Inputs(tensor)));

    private static long Inputs(PrunableTensor tensor) => tensor.Shape.Count > 1 ? tensor.Shape[1] : 1;

    private static int Multiple(int a, int b) => checked(a / (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, b) * b);

    private void CheckInputs(IReadOnlyList<PrunableTensor> tensors)
    {
        List<PrunableTensor> misfits = [.. tensors.Where(t => Inputs(t) % group != 0)];
        if (misfits.Count > 0)
            throw new DomainException(
                FailureCodes.UnreachableSparsity,
                $"The structure '{Info.Name}' needs whole groups of {group} inputs: {NameList.Text([.. misfits.Select(t => $"'{t.Name}' has {Inputs(t)}")])}.",
                $"Exclude {NameList.Quoted([.. misfits.Select(t => t.Name)])}, or use the structure '{UnstructuredStructure.Name}'.");
    }

    private DomainException TooFewLeft(PrunableTensor tensor, long start) => new(
        FailureCodes.MaskMismatch,
        $"The previous mask leaves fewer than {kept} of the {group} weights of '{tensor.Name}' from flat index {start}, which the structure '{Info.Name}' keeps.",
        "Give a previous mask of the same structure, or none.");
}
