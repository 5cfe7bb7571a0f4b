namespace SparsePipeline.Sparsification.Kernels;

/// <summary>The upper triangular U with UᵀU = A⁻¹ of a positive definite matrix, without A⁻¹.</summary>
/// <remarks>
/// A = V·Vᵀ with V upper triangular, by Cholesky's recursion from the last row up, and U = V⁻¹: A⁻¹ = (V⁻¹)ᵀ·V⁻¹, and the factor with a positive diagonal is
/// unique. Some 2/3·n³ products and differences, each rounded by itself, in an order that no processor changes.
/// </remarks>
internal static class InverseFactor
{
    /// <summary>What is left of a diagonal beside the largest where all else has cancelled: rounding, not a number.</summary>
    private const double Rounding = 1e-14;

    /// <param name="lower">Row i holds A[i, 0…i]; is used up.</param>
    /// <returns>Row i holds U[i, …], n numbers, of which those before i are 0; null when A is not positive definite.</returns>
    public static double[][]? Of(double[][] lower)
    {
        var columns = Factor(lower);
        return columns is null ? null : Invert(columns);
    }

    /// <summary>Column j of V: j + 1 numbers, the last on the diagonal.</summary>
    private static double[][]? Factor(double[][] lower)
    {
        var least = Rounding * lower.Select((row, i) => row[i]).DefaultIfEmpty(0).Max();
        for (var j = lower.Length - 1; j >= 0; j--)
        {
            var column = lower[j];
            // NaN is not above it either.
            if (!(column[j] > least) || !double.IsFinite(column[j]))
                return null;
            var diagonal = Math.Sqrt(column[j]);
            for (var i = 0; i < j; i++)
                column[i] /= diagonal;
            column[j] = diagonal;
            for (var i = 0; i < j; i++)
                Axpy.Subtract(column[i], column.AsSpan(0, i + 1), lower[i]);
        }

        return lower;
    }

    private static double[][] Invert(double[][] columns)
    {
        var inverse = new double[columns.Length][];
        for (var i = columns.Length - 1; i >= 0; i--)
        {
            var row = inverse[i] = new double[columns.Length];
            for (var k = i + 1; k < columns.Length; k++)
                Axpy.Subtract(columns[k][i], inverse[k].AsSpan(k), row.AsSpan(k));
            for (var k = i + 1; k < row.Length; k++)
                row[k] /= columns[i][i];
            row[i] = 1 / columns[i][i];
        }

        return inverse;
    }
}
