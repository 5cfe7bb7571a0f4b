using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Transposes a square of 16 × 16 numbers.</summary>
internal static unsafe class Squares
{
    /// <summary>Whether there are vectors for it.</summary>
    public static bool AreSupported(VectorWidth width) => Avx.IsSupported && width >= VectorWidth.Bits256;

    /// <param name="source">Row r begins at r · <paramref name="sourceStride"/>.</param>
    /// <param name="target">Receives column c at c · <paramref name="targetStride"/>.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Transpose(float* source, nint sourceStride, float* target, nint targetStride, VectorWidth width)
    {
        if (Avx512F.IsSupported && width >= VectorWidth.Bits512)
        {
            Transpose512(source, sourceStride, target, targetStride);
            return;
        }
        for (var column = 0; column < 16; column += 4, source += 4, target += 4 * targetStride)
        {
            EightByFour(source, sourceStride, target, targetStride);
            EightByFour(source + (8 * sourceStride), sourceStride, target + 8, targetStride);
        }
    }

    private static void Transpose512(float* source, nint sourceStride, float* target, nint targetStride)
    {
        var (a0, a1, a2, a3) = FourRows(source, sourceStride);
        var (b0, b1, b2, b3) = FourRows(source + (4 * sourceStride), sourceStride);
        var (c0, c1, c2, c3) = FourRows(source + (8 * sourceStride), sourceStride);
        var (d0, d1, d2, d3) = FourRows(source + (12 * sourceStride), sourceStride);
        EveryFourthColumn(a0, b0, c0, d0, target, targetStride);
        EveryFourthColumn(a1, b1, c1, d1, target + targetStride, targetStride);
        EveryFourthColumn(a2, b2, c2, d2, target + (2 * targetStride), targetStride);
        EveryFourthColumn(a3, b3, c3, d3, target + (3 * targetStride), targetStride);
    }

    /// <summary>Of four rows: columns 0, 4, 8 and 12, four numbers each, in the first vector; 1, 5, 9 and 13 in the second, …</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) FourRows(float* row, nint stride)
    {
        var (a, b) = (Vector512.Load(row), Vector512.Load(row + stride));
        var (c, d) = (Vector512.Load(row + (2 * stride)), Vector512.Load(row + (3 * stride)));
        var (abLow, cdLow) = (Avx512F.UnpackLow(a, b), Avx512F.UnpackLow(c, d));
        var (abHigh, cdHigh) = (Avx512F.UnpackHigh(a, b), Avx512F.UnpackHigh(c, d));
        return (
            Avx512F.Shuffle(abLow, cdLow, 0x44),
            Avx512F.Shuffle(abLow, cdLow, 0xEE),
            Avx512F.Shuffle(abHigh, cdHigh, 0x44),
            Avx512F.Shuffle(abHigh, cdHigh, 0xEE));
    }

    /// <summary>Puts the fours of 16 rows together and writes columns 0, 4, 8 and 12 from the target on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EveryFourthColumn(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint stride)
    {
        var (abLow, cdLow) = (Avx512F.Shuffle4x128(a, b, 0x44), Avx512F.Shuffle4x128(c, d, 0x44));
        var (abHigh, cdHigh) = (Avx512F.Shuffle4x128(a, b, 0xEE), Avx512F.Shuffle4x128(c, d, 0xEE));
        Avx512F.Shuffle4x128(abLow, cdLow, 0x88).Store(target);
        Avx512F.Shuffle4x128(abLow, cdLow, 0xDD).Store(target + (4 * stride));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88).Store(target + (8 * stride));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0xDD).Store(target + (12 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByFour(float* source, nint sourceStride, float* target, nint targetStride)
    {
        var (a, b) = (FourAndFour(source, sourceStride), FourAndFour(source + sourceStride, sourceStride));
        var (c, d) = (FourAndFour(source + (2 * sourceStride), sourceStride), FourAndFour(source + (3 * sourceStride), sourceStride));
        var (abLow, cdLow) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
        var (abHigh, cdHigh) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
        Avx.Shuffle(abLow, cdLow, 0x44).Store(target);
        Avx.Shuffle(abLow, cdLow, 0xEE).Store(target + targetStride);
        Avx.Shuffle(abHigh, cdHigh, 0x44).Store(target + (2 * targetStride));
        Avx.Shuffle(abHigh, cdHigh, 0xEE).Store(target + (3 * targetStride));
    }

    /// <summary>Four numbers of a row and of the fourth row below: the halves of a vector never mix in what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FourAndFour(float* row, nint stride) => Vector256.Create(Vector128.Load(row), Vector128.Load(row + (4 * stride)));
}
