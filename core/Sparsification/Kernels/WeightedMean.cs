using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>(λ₀·row₀ + … + λₙ₋₁·rowₙ₋₁) / d, column by column: products and sums in 64 bits in the order given, rounded to 32 bits once.</summary>
/// <remarks>
/// In 64 bits the mean of equal numbers is that number, which a 32-bit sum of, say, three does not promise. All paths do the same IEEE
/// operations, never a fused one, so the vectors' width does not change a bit. All rows are read side by side with the sums in registers:
/// row after row through a buffer of sums is three times slower (measured). The conversions are x86 instructions because
/// <c>Vector512.Widen</c> and <c>Narrow</c> do not become such in .NET 10; other processors take the portable loop.
/// </remarks>
internal static unsafe class WeightedMean
{
    /// <param name="rows">Addresses of rows of <c>mean.Length</c> floats, in memory that does not move.</param>
    /// <param name="factors">λ, one per row.</param>
    /// <param name="divisor">d: n for a uniform mean with factors of 1, which is more exact than factors of 1/n.</param>
    /// <param name="mean">Receives the result.</param>
    /// <param name="width">Widest vectors to use.</param>
    /// <returns>Whether all results are finite.</returns>
    public static bool Of(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, double divisor, Span<float> mean, VectorWidth width = VectorWidth.Widest)
    {
        fixed (float* target = mean)
        fixed (nint* row = rows)
        fixed (double* factor = factors)
        {
            // x − x is 0 for every number but NaN and infinity, for which it is NaN: one sum tells about all.
            var zeros = Vector256<float>.Zero;
            var (i, zero) = (0, 0f);
            if (Avx512F.IsSupported && width >= VectorWidth.Bits512)
                for (; i <= mean.Length - 32; i += 32)
                    Of32(row, factor, rows.Length, Vector512.Create(divisor), i, target + i, ref zeros);
            if (Avx.IsSupported && width >= VectorWidth.Bits256)
                for (; i <= mean.Length - 16; i += 16)
                    Of16(row, factor, rows.Length, Vector256.Create(divisor), i, target + i, ref zeros);
            for (; i < mean.Length; i++)
            {
                target[i] = Of1(rows, factors, divisor, i);
                zero += target[i] - target[i];
            }
            return zero == 0 && zeros == Vector256<float>.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Of32(nint* rows, double* factors, int count, Vector512<double> divisor, int i, float* target, ref Vector256<float> zeros)
    {
        var row = (float*)rows[0] + i;
        var factor = Vector512.Create(factors[0]);
        var (s0, s1, s2, s3) = (Wide512(row) * factor, Wide512(row + 8) * factor, Wide512(row + 16) * factor, Wide512(row + 24) * factor);
        for (var r = 1; r < count; r++)
        {
            row = (float*)rows[r] + i;
            factor = Vector512.Create(factors[r]);
            s0 += Wide512(row) * factor;
            s1 += Wide512(row + 8) * factor;
            s2 += Wide512(row + 16) * factor;
            s3 += Wide512(row + 24) * factor;
        }
        Store(Avx512F.ConvertToVector256Single(s0 / divisor), target, ref zeros);
        Store(Avx512F.ConvertToVector256Single(s1 / divisor), target + 8, ref zeros);
        Store(Avx512F.ConvertToVector256Single(s2 / divisor), target + 16, ref zeros);
        Store(Avx512F.ConvertToVector256Single(s3 / divisor), target + 24, ref zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Of16(nint* rows, double* factors, int count, Vector256<double> divisor, int i, float* target, ref Vector256<float> zeros)
    {
        var row = (float*)rows[0] + i;
        var factor = Vector256.Create(factors[0]);
        var (s0, s1, s2, s3) = (Wide256(row) * factor, Wide256(row + 4) * factor, Wide256(row + 8) * factor, Wide256(row + 12) * factor);
        for (var r = 1; r < count; r++)
        {
            row = (float*)rows[r] + i;
            factor = Vector256.Create(factors[r]);
            s0 += Wide256(row) * factor;
            s1 += Wide256(row + 4) * factor;
            s2 += Wide256(row + 8) * factor;
            s3 += Wide256(row + 12) * factor;
        }
        Store(Vector256.Create(Avx.ConvertToVector128Single(s0 / divisor), Avx.ConvertToVector128Single(s1 / divisor)), target, ref zeros);
        Store(Vector256.Create(Avx.ConvertToVector128Single(s2 / divisor), Avx.ConvertToVector128Single(s3 / divisor)), target + 8, ref zeros);
    }

    private static float Of1(ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, double divisor, int i)
    {
        var sum = ((float*)rows[0])[i] * factors[0];
        for (var r = 1; r < rows.Length; r++)
            sum += ((float*)rows[r])[i] * factors[r];
        return (float)(sum / divisor);
    }

    private static Vector512<double> Wide512(float* row) => Avx512F.ConvertToVector512Double(Vector256.Load(row));

    private static Vector256<double> Wide256(float* row) => Avx.ConvertToVector256Double(Vector128.Load(row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> mean, float* target, ref Vector256<float> zeros)
    {
        zeros += mean - mean;
        mean.Store(target);
    }
}
