using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes a layer column by column and moves the weights that are left so that its outputs on the sample change least.</summary>
/// <remarks>
/// Frantar, Alistarh, "SparseGPT: Massive Language Models Can Be Accurately Pruned in One-Shot", ICML 2023, arXiv 2301.00774. H = 2XᵀX/n, damped by a
/// share of its mean diagonal, U the upper factor of H⁻¹. In blocks of columns the weights of lowest w²/U_jj² go, all rows of a block together and
/// exactly as many as its share of the layer, while public code prunes one too many; ties: the lower flat index stays. A weight that goes takes
/// w/U_jj · U_j with it from the weights to its right. Of a pattern N:M the choice is made row by row when its first column is reached; a convolution is then
/// walked place by place of the kernel, so that the channels of a group are neighbours. Inputs that were always 0 lose their weights' values. O(rows·columns² + columns³)
/// time in 64 bits, the same bits on every processor; some 16 bytes beside the sample's products for each of columns². No seed.
/// </remarks>
internal sealed class SparseGptPruner : ILayerSolver
{
    public const string Name = "sparsegpt";

    private const string Damping = "damping";
    private const string Block = "block";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "SparseGPT",
        UseWhen = "Use for one cut without retraining, or before a short one: weights that stay make up for those that go.",
        Paper = "Frantar, Alistarh, SparseGPT: Massive Language Models Can Be Accurately Pruned in One-Shot, ICML 2023, arXiv 2301.00774",
        Needs = MethodNeeds.Statistics | MethodNeeds.InputProducts,
        Options =
        [
            OptionInfo.Number(Damping, "What is added to the diagonal of the inputs' products, as a share of its mean.", 0.01, 0, 10),
            OptionInfo.Integer(Block, "Columns whose weights compete with each other; a pattern N:M rounds it up to whole groups.", 128, 1, 65536),
        ],
    };

    public LayerSolution Solve(LayerProblem problem, OptionValues options, CancellationToken cancellationToken)
    {
        var sweep = ColumnSweep.Of(problem, options.Number(Damping));
        var group = problem.Pattern?.Group ?? 1;
        var size = (options.Integer(Block) + group - 1) / group * group;
        int[] starts = [.. Enumerable.Range(0, (problem.Columns + size - 1) / size).Select(b => b * size)];
        var shares = problem.Pattern is null ? Shares(problem, sweep, starts, size) : null;
        Chunk[] rows = [.. Enumerable.Range(0, problem.Rows).Select(row => new Chunk(row, 0, 0))];
        for (var block = 0; block < starts.Length; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = Math.Min(problem.Columns, starts[block] + size);
            if (shares is not null)
                sweep.Choose(starts[block], end, shares[block]);
            Workers.Run(rows, Environment.ProcessorCount, () => starts[block], (row, start) => sweep.Run(row.Tensor, start, end));
        }

        return sweep.Solution();
    }

    /// <summary>What each block keeps: the layer's number in proportion to its columns, and no more than earlier cuts have left.</summary>
    private static long[] Shares(LayerProblem problem, ColumnSweep sweep, int[] starts, int size) => Apportionment.Split(
        problem.Kept,
        [.. starts.Select(start => (double)(Math.Min(problem.Columns, start + size) - start))],
        [.. starts.Select(start => sweep.Left(start, Math.Min(problem.Columns, start + size)))]);
}
