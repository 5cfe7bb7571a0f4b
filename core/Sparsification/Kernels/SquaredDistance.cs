using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Σ (aᵢ − bᵢ)², differences, squares and sums in 64 bits.</summary>
/// <remarks>
/// Element i is always added to partial sum i % 16, and the 16 are always added in one order: the result has the same bits
/// whatever the vectors' width. Callers add the results of blocks in a fixed order too.
/// </remarks>
internal static class SquaredDistance
{
    private const int Lanes = 16;
    private static readonly float[] Origin = new float[Chunk.Block];

    /// <summary>‖a‖², for at most <see cref="Chunk.Block"/> numbers.</summary>
    public static double FromOrigin(ReadOnlySpan<float> a) => Between(a, Origin.AsSpan(0, a.Length));

    public static double Between(ReadOnlySpan<float> a, ReadOnlySpan<float> b, VectorWidth width = VectorWidth.Widest)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        var done = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            done = Sum512(a, b, lanes);
        else if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            done = Sum256(a, b, lanes);
        for (var i = done; i < a.Length; i++)
            lanes[i % Lanes] += Square(a[i] - (double)b[i]);
        double sum = 0;
        foreach (var lane in lanes)
            sum += lane;
        return sum;
    }

    private static double Square(double x) => x * x;

    private static int Sum512(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> lanes)
    {
        var (low, high) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            var (aLow, aHigh) = Vector512.Widen(Vector512.Create(a[i..]));
            var (bLow, bHigh) = Vector512.Widen(Vector512.Create(b[i..]));
            low += (aLow - bLow) * (aLow - bLow);
            high += (aHigh - bHigh) * (aHigh - bHigh);
        }
        low.CopyTo(lanes);
        high.CopyTo(lanes[8..]);
        return i;
    }

    private static int Sum256(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> lanes)
    {
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i <= a.Length - Lanes; i += Lanes)
        {
            var (a0, a1) = Vector256.Widen(Vector256.Create(a[i..]));
            var (a2, a3) = Vector256.Widen(Vector256.Create(a[(i + 8)..]));
            var (b0, b1) = Vector256.Widen(Vector256.Create(b[i..]));
            var (b2, b3) = Vector256.Widen(Vector256.Create(b[(i + 8)..]));
            s0 += (a0 - b0) * (a0 - b0);
            s1 += (a1 - b1) * (a1 - b1);
            s2 += (a2 - b2) * (a2 - b2);
            s3 += (a3 - b3) * (a3 - b3);
        }
        s0.CopyTo(lanes);
        s1.CopyTo(lanes[4..]);
        s2.CopyTo(lanes[8..]);
        s3.CopyTo(lanes[12..]);
        return i;
    }
}
