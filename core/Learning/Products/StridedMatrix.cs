using System.Runtime.InteropServices;

namespace SparsePipeline.Learning.Products;

/// <summary>A matrix in memory, rows and columns any distance apart, so that a transpose is the same memory read otherwise.</summary>
/// <param name="start">The first element.</param>
/// <param name="rows">How many.</param>
/// <param name="columns">How many.</param>
/// <param name="rowStep">Elements from one row to the next.</param>
/// <param name="columnStep">Elements from one column to the next.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct StridedMatrix(float* start, int rows, int columns, int rowStep, int columnStep)
{
    public float* Start { get; } = start;

    public int Rows => rows;

    public int Columns => columns;

    public int RowStep => rowStep;

    public int ColumnStep => columnStep;

    public StridedMatrix Transposed => new(Start, columns, rows, columnStep, rowStep);

    /// <summary>Row after row without gaps.</summary>
    public static StridedMatrix Of(float* start, int rows, int columns) => new(start, rows, columns, columns, 1);

    /// <summary>Where an element is.</summary>
    public float* At(int row, int column) => Start + ((nint)row * rowStep) + ((nint)column * columnStep);
}
