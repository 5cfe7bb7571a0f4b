using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>(λ₀·row₀ + … + λₙ₋₁·rowₙ₋₁) · s, column by column: products and sums in 64 bits in the order given, rounded to 32 bits once.</summary>
/// <remarks>
/// In 64 bits the mean of equal numbers is that number, which a 32-bit sum of, say, three does not promise: n·x is exact, and the error of
/// s = 1/n is far below half a unit of the 32-bit result. All paths do the same IEEE operations, never a fused one, so the vectors' width
/// does not change a bit; a factor of 1 is left out, which changes none either. All rows are read side by side with the sums in
/// registers: row after row through a buffer of sums would read and write that buffer once per row. The conversions are x86 instructions because
/// <c>Vector512.Widen</c> and <c>Narrow</c> do not become such in .NET 10; other processors take the portable loop.
/// </remarks>
internal static unsafe class WeightedMean
{
    /// <summary>How far ahead rows are fetched, in floats: the hardware's own prefetching ends at every 4 KB page.</summary>
    private const int Ahead = 1024;

    /// <param name="rows">Addresses of rows of <c>mean.Length</c> floats, in memory that does not move.</param>
    /// <param name="factors">λ, one per row; empty for all 1.</param>
    /// <param name="scale">s: 1/n for a uniform mean without factors.</param>
    /// <param name="mean">Receives the result.</param>
    /// <param name="width">Widest vectors to use.</param>
    /// <param name="stream">Writes past the caches: for results that nobody reads soon.</param>
    /// <returns>Whether all results are finite.</returns>
    public static bool Of(
        ReadOnlySpan<nint> rows, ReadOnlySpan<double> factors, double scale, Span<float> mean, VectorWidth width = VectorWidth.Widest, bool stream = false)
    {
        fixed (float* target = mean)
        fixed (nint* row = rows)
        fixed (double* factor = factors)
        {
            var columns = new Columns(row, factors.IsEmpty ? null : factor, rows.Length, scale, target, stream && (nint)target % 32 == 0);
            // x − x is 0 for every number but NaN and infinity, for which it is NaN: one sum tells about all.
            var zeros = Vector256<float>.Zero;
            var (i, zero) = (0, 0f);
            if (Avx512F.IsSupported && width >= VectorWidth.Bits512)
                for (; i <= mean.Length - 32; i += 32)
                    Of32(columns, i, ref zeros);
            if (Avx.IsSupported && width >= VectorWidth.Bits256)
                for (; i <= mean.Length - 16; i += 16)
                    Of16(columns, i, ref zeros);
            for (; i < mean.Length; i++)
            {
                target[i] = Of1(columns, i);
                zero += target[i] - target[i];
            }
            return zero == 0 && zeros == Vector256<float>.Zero;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Of32(in Columns columns, int i, ref Vector256<float> zeros)
    {
        // The first row is not added to 0, which would lose the sign of −0.
        var (s0, s1, s2, s3) = Terms512(columns, 0, i);
        for (var r = 1; r < columns.Count; r++)
        {
            var (t0, t1, t2, t3) = Terms512(columns, r, i);
            (s0, s1, s2, s3) = (s0 + t0, s1 + t1, s2 + t2, s3 + t3);
        }
        var scale = Vector512.Create(columns.Scale);
        columns.Store(Avx512F.ConvertToVector256Single(s0 * scale), i, ref zeros);
        columns.Store(Avx512F.ConvertToVector256Single(s1 * scale), i + 8, ref zeros);
        columns.Store(Avx512F.ConvertToVector256Single(s2 * scale), i + 16, ref zeros);
        columns.Store(Avx512F.ConvertToVector256Single(s3 * scale), i + 24, ref zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Of16(in Columns columns, int i, ref Vector256<float> zeros)
    {
        var (s0, s1, s2, s3) = Terms256(columns, 0, i);
        for (var r = 1; r < columns.Count; r++)
        {
            var (t0, t1, t2, t3) = Terms256(columns, r, i);
            (s0, s1, s2, s3) = (s0 + t0, s1 + t1, s2 + t2, s3 + t3);
        }
        var scale = Vector256.Create(columns.Scale);
        columns.Store(Vector256.Create(Avx.ConvertToVector128Single(s0 * scale), Avx.ConvertToVector128Single(s1 * scale)), i, ref zeros);
        columns.Store(Vector256.Create(Avx.ConvertToVector128Single(s2 * scale), Avx.ConvertToVector128Single(s3 * scale)), i + 8, ref zeros);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double>, Vector512<double>, Vector512<double>, Vector512<double>) Terms512(in Columns columns, int r, int i)
    {
        var row = (float*)columns.Rows[r] + i;
        Sse.Prefetch0(row + Ahead);
        Sse.Prefetch0(row + Ahead + 16);
        var (w0, w1, w2, w3) = (Wide512(row), Wide512(row + 8), Wide512(row + 16), Wide512(row + 24));
        if (columns.Factors is null)
            return (w0, w1, w2, w3);
        var factor = Vector512.Create(columns.Factors[r]);
        return (w0 * factor, w1 * factor, w2 * factor, w3 * factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double>, Vector256<double>, Vector256<double>, Vector256<double>) Terms256(in Columns columns, int r, int i)
    {
        var row = (float*)columns.Rows[r] + i;
        Sse.Prefetch0(row + Ahead);
        var (w0, w1, w2, w3) = (Wide256(row), Wide256(row + 4), Wide256(row + 8), Wide256(row + 12));
        if (columns.Factors is null)
            return (w0, w1, w2, w3);
        var factor = Vector256.Create(columns.Factors[r]);
        return (w0 * factor, w1 * factor, w2 * factor, w3 * factor);
    }

    private static float Of1(in Columns columns, int i)
    {
        var sum = 0.0;
        for (var r = 0; r < columns.Count; r++)
        {
            var term = ((float*)columns.Rows[r])[i] * (columns.Factors is null ? 1 : columns.Factors[r]);
            sum = r == 0 ? term : sum + term;
        }
        return (float)(sum * columns.Scale);
    }

    private static Vector512<double> Wide512(float* row) => Avx512F.ConvertToVector512Double(Vector256.Load(row));

    private static Vector256<double> Wide256(float* row) => Avx.ConvertToVector256Double(Vector128.Load(row));

    /// <summary>Where everything is.</summary>
    private readonly struct Columns(nint* rows, double* factors, int count, double scale, float* target, bool stream)
    {
        public readonly nint* Rows = rows;
        public readonly double* Factors = factors;
        public readonly int Count = count;
        public readonly double Scale = scale;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(Vector256<float> mean, int i, ref Vector256<float> zeros)
        {
            zeros += mean - mean;
            if (stream)
                mean.StoreAlignedNonTemporal(target + i);
            else
                mean.Store(target + i);
        }
    }
}
