using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>How far the outputs of a layer moved on the sample: ‖X(W − Ŵ)ᵀ‖² / ‖XWᵀ‖², from XᵀX alone.</summary>
internal static class OutputError
{
    /// <summary>0 for equal weights, and where the sample gives no outputs.</summary>
    public static double Relative(LayerProblem problem, double[] weights)
    {
        var products = problem.Statistics.Products!;
        var (moved, before) = (new double[problem.Rows], new double[problem.Rows]);
        Parallel.For(0, problem.Rows, row =>
        {
            var old = problem.Weights.AsSpan(row * problem.Columns, problem.Columns);
            var now = weights.AsSpan(row * problem.Columns, problem.Columns);
            var change = new double[problem.Columns];
            for (var i = 0; i < change.Length; i++)
                change[i] = old[i] - now[i];
            (moved[row], before[row]) = (Form(products, change), Form(products, old));
        });
        return before.Sum() is > 0 and var all ? moved.Sum() / all : 0;
    }

    /// <summary>vᵀ·P·v; in the order of the numbers, so that no processor gives another sum.</summary>
    private static double Form(double[] products, ReadOnlySpan<double> vector)
    {
        var image = new double[vector.Length];
        for (var i = 0; i < vector.Length; i++)
            if (vector[i] != 0)
                Axpy.Subtract(-vector[i], products.AsSpan(i * vector.Length, vector.Length), image);
        var sum = 0.0;
        for (var i = 0; i < vector.Length; i++)
            sum += image[i] * vector[i];
        return sum;
    }
}
