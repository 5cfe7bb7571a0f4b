using System.Runtime.InteropServices;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Rectangles of weights that stay or go together, over a tensor seen as [output, everything else].</summary>
/// <param name="Columns">Weights of a row of the tensor.</param>
/// <param name="Rows">Rows of the tensor.</param>
/// <param name="UnitRows">Rows of a unit; those at the lower edge may have fewer.</param>
/// <param name="UnitColumns">Columns of a unit; those at the right edge may have fewer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitGrid(long Rows, long Columns, long UnitRows, long UnitColumns)
{
    private long Across => (Columns + UnitColumns - 1) / UnitColumns;

    /// <summary>Units, counted row by row from 0.</summary>
    public int Count => checked((int)(Across * ((Rows + UnitRows - 1) / UnitRows)));

    /// <summary>Weights of a unit that is not cut off by an edge.</summary>
    public long UnitSize => Math.Min(UnitRows, Rows) * Math.Min(UnitColumns, Columns);

    /// <summary>What of each unit lies in a run of consecutive weights, in order; offsets count from the start of the run.</summary>
    public IEnumerable<(int Unit, int Offset, int Count)> Pieces(long start, int count)
    {
        for (var offset = 0; offset < count;)
        {
            var (row, column) = Math.DivRem(start + offset, Columns);
            var (unit, inside) = Math.DivRem(column, UnitColumns);
            var piece = (int)Math.Min(count - offset, Math.Min(UnitColumns - inside, Columns - column));
            yield return ((int)((row / UnitRows * Across) + unit), offset, piece);
            offset += piece;
        }
    }
}
