namespace SparsePipeline.Sparsification.Kernels;

/// <summary>(λ₀·row₀ + … + λₙ₋₁·rowₙ₋₁) / (λ₀ + … + λₙ₋₁) of 64-bit numbers, column by column, in about twice their precision.</summary>
/// <remarks>
/// Each product is an exact pair of doubles, and sums and the quotient are pairs that are rounded to some 106 bits (two-product by fused multiply-add; two-sum: Knuth 1969; T. J. Dekker, "A floating-point technique
/// for extending the available precision", 1971), so that the mean of equal numbers is that number
/// and other means are nearly always the doubles nearest to them: not where large numbers cancel each other out in the sum. Columns of very large or very small numbers
/// are scaled by a power of two meanwhile. Scalar code: a few operations per number, and no vector width to depend on.
/// </remarks>
internal static unsafe class WideMean
{
    private const double Large = 1e300;
    private const double Small = 1e-200;
    private const double Up = 2.5822498780869086e120;
    private const double Down = 1 / Up;

    /// <param name="rows">Addresses of rows of <c>mean.Length</c> doubles, in memory that does not move.</param>
    /// <param name="factors">λ, one per row; empty for all 1.</param>
    /// <param name="mean">Receives the result.</param>
    /// <returns>Whether all results are finite.</returns>
    public static bool Of(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, Span<double> mean)
    {
        var divisor = Total(rows.Length, factors);
        var finite = true;
        for (var i = 0; i < mean.Length; i++)
        {
            mean[i] = Column(rows, factors, divisor, i);
            finite &= double.IsFinite(mean[i]);
        }

        return finite;
    }

    private static double Column(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, Pair divisor, int i)
    {
        double largest = 0;
        foreach (var row in rows)
            largest = Math.Max(largest, Math.Abs(((double*)row)[i]));
        return largest switch
        {
            > Large => Scaled(rows, factors, divisor, i, 1.0 / (1L << 40)) * (1L << 40),
            < Small when largest > 0 => Scaled(rows, factors, divisor, i, Up) * Down,
            _ => Scaled(rows, factors, divisor, i, 1),
        };
    }

    private static double Scaled(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, Pair divisor, int i, double scale)
    {
        // The first row is not added to 0, which would lose the sign of −0.
        var sum = Term(rows, factors, 0, i, scale);
        for (var r = 1; r < rows.Length; r++)
            sum = Pair.Add(sum, Term(rows, factors, r, i, scale));
        return Pair.Divide(sum, divisor);
    }

    private static Pair Term(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, int r, int i, double scale)
    {
        var value = ((double*)rows[r])[i] * scale;
        return factors.IsEmpty ? new Pair(value, 0) : Pair.Product(factors[r], value);
    }

    private static Pair Total(int rows, ReadOnlySpan<double> factors)
    {
        var total = new Pair(factors.IsEmpty ? rows : 0, 0);
        foreach (var factor in factors)
            total = Pair.Add(total, new Pair(factor, 0));
        return total;
    }
}
