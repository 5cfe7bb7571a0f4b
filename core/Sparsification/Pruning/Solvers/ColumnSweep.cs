using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The state of <see cref="SparseGptPruner"/>: weights on their way, row by row in the order their columns are walked in.</summary>
internal sealed class ColumnSweep
{
    private readonly LayerProblem _problem;
    private readonly int[] _order;
    private readonly double[][] _factor;
    private readonly double[][] _weights;
    private readonly bool[][] _open;
    private readonly bool[][] _kept;

    private ColumnSweep(LayerProblem problem, int[] order, double[][] factor)
    {
        (_problem, _order, _factor) = (problem, order, factor);
        _weights = [.. Enumerable.Range(0, problem.Rows).Select(row => order.Select(c => IsDead(c) ? 0 : problem.Weights[(row * problem.Columns) + c]).ToArray())];
        _open = [.. Enumerable.Range(0, problem.Rows).Select(row => order.Select(c => problem.MayStay(row, c)).ToArray())];
        _kept = [.. _weights.Select(w => new bool[w.Length])];
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the damped products have no factor.</exception>
    public static ColumnSweep Of(LayerProblem problem, double damping)
    {
        var order = Order(problem);
        return new ColumnSweep(problem, order, InverseFactor.Of(Damped(problem, order, damping)) ?? throw new DomainException(
            FailureCodes.InvalidOption,
            $"The products of the inputs of '{problem.Name}' are singular with a damping of {damping}.",
            "Raise the option 'damping', or collect statistics of more examples."));
    }

    /// <summary>Weights of some columns that may stay.</summary>
    public long Left(int first, int end) => _open.Sum(row => (long)row.AsSpan(first, end - first).Count(true));

    /// <summary>Keeps the weights of some columns that are worth most, in all rows together; ties by flat index.</summary>
    public void Choose(int first, int end, long kept)
    {
        var candidates = (from row in Enumerable.Range(0, _problem.Rows) from j in Enumerable.Range(first, end - first) where _open[row][j] select (row, j)).ToArray();
        var scores = Array.ConvertAll(candidates, c => Score(c.row, c.j));
        // The sort of pairs is stable, and candidates come in the order of their flat index.
        foreach (var (row, j) in candidates.Zip(scores).OrderByDescending(c => c.Second).Take(checked((int)kept)).Select(c => c.First))
            _kept[row][j] = true;
    }

    /// <summary>Takes the weights of one row that do not stay out of some columns, and moves the rest of the row.</summary>
    public void Run(int row, int first, int end)
    {
        var (weights, errors) = (_weights[row], new double[end - first]);
        for (var j = first; j < end; j++)
        {
            if (_problem.Pattern is { } pattern && j % pattern.Group == 0)
                ChooseGroup(row, j, pattern);
            if (_kept[row][j])
                continue;
            errors[j - first] = weights[j] / _factor[j][j];
            Axpy.Subtract(errors[j - first], _factor[j].AsSpan(j + 1, end - j - 1), weights.AsSpan(j + 1, end - j - 1));
            weights[j] = 0;
        }

        for (var j = first; j < end; j++)
            if (errors[j - first] != 0)
                Axpy.Subtract(errors[j - first], _factor[j].AsSpan(end), weights.AsSpan(end));
    }

    /// <summary>The layer as it is now, its columns where they were.</summary>
    public LayerSolution Solution()
    {
        var (kept, weights) = (new bool[_problem.Weights.Length], new double[_problem.Weights.Length]);
        for (var row = 0; row < _problem.Rows; row++)
            for (var j = 0; j < _order.Length; j++)
            {
                var at = (row * _problem.Columns) + _order[j];
                (kept[at], weights[at]) = (_kept[row][j], _weights[row][j]);
            }

        return new LayerSolution(kept, weights);
    }

    /// <summary>As they lie; with a pattern place by place of the kernel, so that the input channels of a group are neighbours.</summary>
    private static int[] Order(LayerProblem problem) => problem.Pattern is null || problem.Places == 1
        ? [.. Enumerable.Range(0, problem.Columns)]
        : [.. from place in Enumerable.Range(0, problem.Places)
              from channel in Enumerable.Range(0, problem.Columns / problem.Places)
              select (channel * problem.Places) + place];

    /// <summary>The lower half of 2XᵀX/n in this order; inputs that were always 0 have 1 on the diagonal.</summary>
    private static double[][] Damped(LayerProblem problem, int[] order, double damping)
    {
        var (products, scale) = (problem.Statistics.Products!, 2.0 / problem.Statistics.Count);
        double[][] lower = [.. order.Select((row, i) => order.Take(i + 1).Select(c => scale * products[((long)row * problem.Columns) + c]).ToArray())];
        var mean = 0.0;
        for (var i = 0; i < lower.Length; i++)
        {
            if (lower[i][i] == 0)
                lower[i][i] = 1;
            mean += lower[i][i] / lower.Length;
        }

        for (var i = 0; i < lower.Length; i++)
            lower[i][i] += damping * mean;
        return lower;
    }

    private bool IsDead(int column) => _problem.Statistics.Products![((long)column * _problem.Columns) + column] == 0;

    private double Score(int row, int j) => _weights[row][j] / _factor[j][j] is var error ? error * error : 0;

    private void ChooseGroup(int row, int first, (int Kept, int Group) pattern)
    {
        int[] open = [.. Enumerable.Range(first, pattern.Group).Where(j => _open[row][j])];
        if (open.Length < pattern.Kept)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"The previous mask leaves {open.Length} of {pattern.Group} weights of '{_problem.Name}' in row {row} from input {_order[first] / _problem.Places}, of which {pattern.Kept} stay.",
                "Give a previous mask of the same structure, or none.");
        foreach (var j in open.OrderByDescending(j => Score(row, j)).Take(pattern.Kept))
            _kept[row][j] = true;
    }
}
