using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Writes the rows of a matrix as the columns of another.</summary>
internal static unsafe class Transposition
{
    private const int Block = 8;

    /// <param name="source">Row r begins at r · <paramref name="sourceStride"/>.</param>
    /// <param name="target">Receives column c from c · <paramref name="targetStride"/> on.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Of(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns, VectorWidth width)
    {
        var vectors = Avx.IsSupported && width >= VectorWidth.Bits256;
        var (wholeRows, wholeColumns) = vectors ? (rows & -Block, columns & -Block) : (0, 0);
        for (var row = 0; row < wholeRows; row += Block)
            for (var column = 0; column < wholeColumns; column += Block / 2)
                EightByFour(source + (row * sourceStride) + column, sourceStride, target + (column * targetStride) + row, targetStride);
        Singly(source, sourceStride, target, targetStride, (0, wholeRows), (wholeColumns, columns));
        Singly(source, sourceStride, target, targetStride, (wholeRows, rows), (0, columns));
    }

    private static void Singly(float* source, nint sourceStride, float* target, nint targetStride, (int First, int End) rows, (int First, int End) columns)
    {
        for (var row = rows.First; row < rows.End; row++)
            for (var column = columns.First; column < columns.End; column++)
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByFour(float* source, nint sourceStride, float* target, nint targetStride)
    {
        var (a, b) = (FourAndFour(source, sourceStride), FourAndFour(source + sourceStride, sourceStride));
        var (c, d) = (FourAndFour(source + (2 * sourceStride), sourceStride), FourAndFour(source + (3 * sourceStride), sourceStride));
        var (ab, cd) = (Avx.UnpackLow(a, b), Avx.UnpackLow(c, d));
        Avx.Shuffle(ab, cd, 0x44).Store(target);
        Avx.Shuffle(ab, cd, 0xEE).Store(target + targetStride);
        (ab, cd) = (Avx.UnpackHigh(a, b), Avx.UnpackHigh(c, d));
        Avx.Shuffle(ab, cd, 0x44).Store(target + (2 * targetStride));
        Avx.Shuffle(ab, cd, 0xEE).Store(target + (3 * targetStride));
    }

    /// <summary>Four numbers of a row and of the fourth row below: the halves of a vector never mix in what follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FourAndFour(float* row, nint stride) => Vector256.Create(Vector128.Load(row), Vector128.Load(row + (4 * stride)));
}
