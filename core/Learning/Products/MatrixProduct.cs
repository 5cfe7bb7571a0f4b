using System.Buffers;

namespace SparsePipeline.Learning.Products;

/// <summary>
/// Products of dense matrices in single precision on one thread, in the order of loops of K. Goto and R. van de Geijn, "Anatomy of High-Performance
/// Matrix Multiplication", ACM TOMS 34 (2008): panels of both factors are copied side by side so that a tile of the result stays in registers.
/// </summary>
/// <remarks>
/// Each element is a sum of blocks in ascending order, and each block a chain of fused multiply-adds in ascending order from 0. So a result depends
/// neither on where in the matrix it lies nor on the width of vectors. The blocks are those of libtorch's product library on AMD's AVX-512 processors
/// (at most 192 terms; up to 383 in two halves, and the odd one by itself), and the sums are then its sums, to the bit: see decisions 0044 and 0047.
/// </remarks>
internal static unsafe class MatrixProduct
{
    /// <summary>Most terms of a block.</summary>
    public const int Block = 192;

    /// <summary>Rows of the first factor that are packed at a time: with a block's terms, three quarters of a second-level cache of 192 KB.</summary>
    private const int PackedRows = 16 * ProductTile.Rows;

    /// <summary>How many terms of so many make a block.</summary>
    public static int BlockOf(int terms) => terms <= Block ? terms : terms < 2 * Block ? terms / 2 : Block;

    /// <summary>result = a · b, or result += a · b.</summary>
    /// <param name="a">[m, k], k at least 1.</param>
    /// <param name="b">[k, n].</param>
    /// <param name="result">[m, n] without gaps; overlaps neither factor.</param>
    /// <param name="adds">Whether what is in the result is added to.</param>
    public static void Multiply(in StridedMatrix a, in StridedMatrix b, float* result, bool adds)
    {
        var block = BlockOf(a.Columns);
        var packedB = ArrayPool<float>.Shared.Rent((Panels.Padded(b.Columns, ProductTile.Columns) * block) + Panels.Line);
        var packedA = ArrayPool<float>.Shared.Rent((Panels.Padded(Math.Min(a.Rows, PackedRows), ProductTile.Rows) * block) + Panels.Line);
        fixed (float* panelsA = packedA, panelsB = packedB)
        {
            for (var term = 0; term < a.Columns; term += block)
            {
                var terms = Math.Min(block, a.Columns - term);
                AddBlock(a, b, term, terms, Panels.Align(panelsA), Panels.Align(panelsB), result, adds || term > 0);
            }
        }
        ArrayPool<float>.Shared.Return(packedA);
        ArrayPool<float>.Shared.Return(packedB);
    }

    private static void AddBlock(
        in StridedMatrix a, in StridedMatrix b, int term, int terms, float* panelsA, float* panelsB, float* result, bool adds)
    {
        Panels.Pack(b.Transposed, 0, b.Columns, term, terms, ProductTile.Columns, panelsB);
        for (var row = 0; row < a.Rows; row += PackedRows)
        {
            var rows = Math.Min(PackedRows, a.Rows - row);
            Panels.Pack(a, row, rows, term, terms, ProductTile.Rows, panelsA);
            for (var column = 0; column < b.Columns; column += ProductTile.Columns)
                AddColumn(panelsA, rows, panelsB + ((nint)column * terms), terms, result + ((nint)row * b.Columns) + column, b.Columns, b.Columns - column, adds);
        }
    }

    /// <summary>One panel of the second factor with all packed rows of the first.</summary>
    private static void AddColumn(float* panelsA, int rows, float* panelB, int terms, float* result, int pitch, int columns, bool adds)
    {
        for (var row = 0; row < rows; row += ProductTile.Rows)
        {
            var panelA = panelsA + ((nint)row * terms);
            var to = result + ((nint)row * pitch);
            if (rows - row >= ProductTile.Rows && columns >= ProductTile.Columns)
                ProductTile.Run(panelA, panelB, terms, to, pitch, adds);
            else
                AtEdge(panelA, panelB, terms, to, pitch, Math.Min(rows - row, ProductTile.Rows), Math.Min(columns, ProductTile.Columns), adds);
        }
    }

    // A whole tile beside the matrix, of which the part inside is copied: panels are filled up with zeros.
    private static void AtEdge(float* panelA, float* panelB, int terms, float* result, int pitch, int rows, int columns, bool adds)
    {
        var tile = stackalloc float[ProductTile.Rows * ProductTile.Columns];
        for (var row = 0; adds && row < rows; row++)
            new ReadOnlySpan<float>(result + ((nint)row * pitch), columns).CopyTo(new Span<float>(tile + (row * ProductTile.Columns), columns));
        ProductTile.Run(panelA, panelB, terms, tile, ProductTile.Columns, adds);
        for (var row = 0; row < rows; row++)
            new ReadOnlySpan<float>(tile + (row * ProductTile.Columns), columns).CopyTo(new Span<float>(result + ((nint)row * pitch), columns));
    }
}
