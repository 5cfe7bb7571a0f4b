using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Learning.Products;

/// <summary>12 × 32 elements of a product, whose 24 vectors of 16 sums stay in registers: of AVX-512's 32, that leaves 8 for what is multiplied.</summary>
internal static unsafe class ProductTile
{
    public const int Rows = 12;
    public const int Columns = 32;

    /// <param name="a">[terms, 12].</param>
    /// <param name="b">[terms, 32], from a cache line on.</param>
    /// <param name="terms">At least 1.</param>
    /// <param name="result">Receives the sums, or is added to.</param>
    /// <param name="pitch">Elements from one row of the result to the next.</param>
    /// <param name="adds">Whether it is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* a, float* b, int terms, float* result, int pitch, bool adds)
    {
        var zero = Vector512<float>.Zero;
        Vector512<float> l0 = zero, l1 = zero, l2 = zero, l3 = zero, l4 = zero, l5 = zero, l6 = zero, l7 = zero, l8 = zero, l9 = zero, l10 = zero, l11 = zero;
        Vector512<float> h0 = zero, h1 = zero, h2 = zero, h3 = zero, h4 = zero, h5 = zero, h6 = zero, h7 = zero, h8 = zero, h9 = zero, h10 = zero, h11 = zero;
        for (var term = 0; term < terms; term++, a += Rows, b += Columns)
        {
            var (low, high) = (Vector512.LoadAligned(b), Vector512.LoadAligned(b + 16));
            var one = Vector512.Create(a[0]);
            (l0, h0) = (Vector512.FusedMultiplyAdd(one, low, l0), Vector512.FusedMultiplyAdd(one, high, h0));
            one = Vector512.Create(a[1]);
            (l1, h1) = (Vector512.FusedMultiplyAdd(one, low, l1), Vector512.FusedMultiplyAdd(one, high, h1));
            one = Vector512.Create(a[2]);
            (l2, h2) = (Vector512.FusedMultiplyAdd(one, low, l2), Vector512.FusedMultiplyAdd(one, high, h2));
            one = Vector512.Create(a[3]);
            (l3, h3) = (Vector512.FusedMultiplyAdd(one, low, l3), Vector512.FusedMultiplyAdd(one, high, h3));
            one = Vector512.Create(a[4]);
            (l4, h4) = (Vector512.FusedMultiplyAdd(one, low, l4), Vector512.FusedMultiplyAdd(one, high, h4));
            one = Vector512.Create(a[5]);
            (l5, h5) = (Vector512.FusedMultiplyAdd(one, low, l5), Vector512.FusedMultiplyAdd(one, high, h5));
            one = Vector512.Create(a[6]);
            (l6, h6) = (Vector512.FusedMultiplyAdd(one, low, l6), Vector512.FusedMultiplyAdd(one, high, h6));
            one = Vector512.Create(a[7]);
            (l7, h7) = (Vector512.FusedMultiplyAdd(one, low, l7), Vector512.FusedMultiplyAdd(one, high, h7));
            one = Vector512.Create(a[8]);
            (l8, h8) = (Vector512.FusedMultiplyAdd(one, low, l8), Vector512.FusedMultiplyAdd(one, high, h8));
            one = Vector512.Create(a[9]);
            (l9, h9) = (Vector512.FusedMultiplyAdd(one, low, l9), Vector512.FusedMultiplyAdd(one, high, h9));
            one = Vector512.Create(a[10]);
            (l10, h10) = (Vector512.FusedMultiplyAdd(one, low, l10), Vector512.FusedMultiplyAdd(one, high, h10));
            one = Vector512.Create(a[11]);
            (l11, h11) = (Vector512.FusedMultiplyAdd(one, low, l11), Vector512.FusedMultiplyAdd(one, high, h11));
        }
        Put(l0, h0, result, adds);
        Put(l1, h1, result + pitch, adds);
        Put(l2, h2, result + (2 * (nint)pitch), adds);
        Put(l3, h3, result + (3 * (nint)pitch), adds);
        Put(l4, h4, result + (4 * (nint)pitch), adds);
        Put(l5, h5, result + (5 * (nint)pitch), adds);
        Put(l6, h6, result + (6 * (nint)pitch), adds);
        Put(l7, h7, result + (7 * (nint)pitch), adds);
        Put(l8, h8, result + (8 * (nint)pitch), adds);
        Put(l9, h9, result + (9 * (nint)pitch), adds);
        Put(l10, h10, result + (10 * (nint)pitch), adds);
        Put(l11, h11, result + (11 * (nint)pitch), adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> low, Vector512<float> high, float* to, bool adds)
    {
        if (adds)
            (low, high) = (Vector512.Load(to) + low, Vector512.Load(to + 16) + high);
        low.Store(to);
        high.Store(to + 16);
    }
}
