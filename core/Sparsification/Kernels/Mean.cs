using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Means of several rows of numbers, column by column.</summary>
/// <remarks>
/// Each column is sorted, summed in 64 bits and rounded to 32 bits once. Sorting makes the sum independent of the order of the rows
/// (addition is commutative but not associative); 64 bits make the mean of equal numbers that number, which a 32-bit sum of, say,
/// three does not promise. All paths do the same IEEE operations, so the vectors' width does not change a bit.
/// </remarks>
internal static class Mean
{
    /// <summary>(row₀ + … + rowₙ₋₁) / n.</summary>
    /// <param name="rows">n rows of at least <c>mean.Length</c> numbers.</param>
    /// <param name="mean">Receives the means.</param>
    /// <param name="width">Widest vectors to use.</param>
    /// <returns>Whether all means are finite.</returns>
    public static bool Uniform(float[][] rows, Span<float> mean, VectorWidth width = VectorWidth.Widest)
    {
        var (i, finite) = (0, true);
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            (i, finite) = Uniform512(rows, mean);
        else if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            (i, finite) = Uniform256(rows, mean);
        Span<double> column = stackalloc double[rows.Length];
        for (; i < mean.Length; i++)
        {
            for (var row = 0; row < rows.Length; row++)
                column[row] = rows[row][i];
            mean[i] = (float)(SortedSum(column) / rows.Length);
            finite &= float.IsFinite(mean[i]);
        }
        return finite;
    }

    /// <summary>λ₀·row₀ + … + λₙ₋₁·rowₙ₋₁, products in 64 bits.</summary>
    /// <returns>Whether all results are finite.</returns>
    public static bool Weighted(float[][] rows, IReadOnlyList<double> weights, Span<float> mean)
    {
        var finite = true;
        Span<double> column = stackalloc double[rows.Length];
        for (var i = 0; i < mean.Length; i++)
        {
            for (var row = 0; row < rows.Length; row++)
                column[row] = weights[row] * rows[row][i];
            mean[i] = (float)SortedSum(column);
            finite &= float.IsFinite(mean[i]);
        }
        return finite;
    }

    private static double SortedSum(Span<double> column)
    {
        for (var end = 1; end < column.Length; end++)
            for (var j = end; j > 0 && column[j] < column[j - 1]; j--)
                (column[j - 1], column[j]) = (column[j], column[j - 1]);
        var sum = column[0];
        foreach (var value in column[1..])
            sum += value;
        return sum;
    }

    private static (int Done, bool Finite) Uniform512(float[][] rows, Span<float> mean)
    {
        Span<Vector512<float>> column = stackalloc Vector512<float>[rows.Length];
        var count = Vector512.Create((double)rows.Length);
        var exponent = Vector512.Create(0x7F80_0000);
        var special = Vector512<int>.Zero;
        var i = 0;
        for (; i <= mean.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = Vector512.Create(rows[row].AsSpan(i));
            Sort(column);
            var (low, high) = Vector512.Widen(column[0]);
            for (var row = 1; row < column.Length; row++)
            {
                var (nextLow, nextHigh) = Vector512.Widen(column[row]);
                low += nextLow;
                high += nextHigh;
            }
            var result = Vector512.Narrow(low / count, high / count);
            special |= Vector512.Equals(result.AsInt32() & exponent, exponent);
            result.CopyTo(mean[i..]);
        }
        return (i, special == Vector512<int>.Zero);
    }

    private static (int Done, bool Finite) Uniform256(float[][] rows, Span<float> mean)
    {
        Span<Vector256<float>> column = stackalloc Vector256<float>[rows.Length];
        var count = Vector256.Create((double)rows.Length);
        var exponent = Vector256.Create(0x7F80_0000);
        var special = Vector256<int>.Zero;
        var i = 0;
        for (; i <= mean.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            for (var row = 0; row < column.Length; row++)
                column[row] = Vector256.Create(rows[row].AsSpan(i));
            Sort(column);
            var (low, high) = Vector256.Widen(column[0]);
            for (var row = 1; row < column.Length; row++)
            {
                var (nextLow, nextHigh) = Vector256.Widen(column[row]);
                low += nextLow;
                high += nextHigh;
            }
            var result = Vector256.Narrow(low / count, high / count);
            special |= Vector256.Equals(result.AsInt32() & exponent, exponent);
            result.CopyTo(mean[i..]);
        }
        return (i, special == Vector256<int>.Zero);
    }

    // Swapping only what is strictly out of order keeps every value, ±0 and NaN included; min and max would lose one of the two.
    private static void Sort(Span<Vector512<float>> column)
    {
        for (var end = 1; end < column.Length; end++)
            for (var j = end; j > 0; j--)
            {
                var (a, b) = (column[j - 1], column[j]);
                var swap = Vector512.LessThan(b, a);
                column[j - 1] = Vector512.ConditionalSelect(swap, b, a);
                column[j] = Vector512.ConditionalSelect(swap, a, b);
            }
    }

    private static void Sort(Span<Vector256<float>> column)
    {
        for (var end = 1; end < column.Length; end++)
            for (var j = end; j > 0; j--)
            {
                var (a, b) = (column[j - 1], column[j]);
                var swap = Vector256.LessThan(b, a);
                column[j - 1] = Vector256.ConditionalSelect(swap, b, a);
                column[j] = Vector256.ConditionalSelect(swap, a, b);
            }
    }
}
