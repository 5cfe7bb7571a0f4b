using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>Writes the rows of a matrix as the columns of another.</summary>
/// <remarks>
/// In squares of 16 numbers, so that whole cache lines are read and written: rows that are 4 KB apart, as those of 1024 inputs are, fall into
/// the same few places of a first-level cache, and a line that is touched twice is fetched twice.
/// </remarks>
internal static unsafe class Transposition
{
    private const int Side = CacheLine.Floats;

    /// <param name="source">Row r begins at r · <paramref name="sourceStride"/>.</param>
    /// <param name="target">Receives column c from c · <paramref name="targetStride"/> on.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Of(float* source, nint sourceStride, float* target, nint targetStride, int rows, int columns, VectorWidth width)
    {
        var (wholeRows, wholeColumns) = Squares.AreSupported(width) ? (rows & -Side, columns & -Side) : (0, 0);
        for (var row = 0; row < wholeRows; row += Side)
            for (var column = 0; column < wholeColumns; column += Side)
                Squares.Transpose(source + (row * sourceStride) + column, sourceStride, target + (column * targetStride) + row, targetStride, width);
        Singly(source, sourceStride, target, targetStride, (0, wholeRows), (wholeColumns, columns));
        Singly(source, sourceStride, target, targetStride, (wholeRows, rows), (0, columns));
    }

    private static void Singly(float* source, nint sourceStride, float* target, nint targetStride, (int First, int End) rows, (int First, int End) columns)
    {
        for (var row = rows.First; row < rows.End; row++)
            for (var column = columns.First; column < columns.End; column++)
                target[(column * targetStride) + row] = source[(row * sourceStride) + column];
    }
}
