namespace SparsePipeline.Sparsification.Inference;

/// <summary>The nonzero weights row after row with their columns (compressed sparse rows).</summary>
internal sealed class CsrWeights
{
    private CsrWeights(int rows, int columns, int nonZeros)
    {
        (Rows, Columns) = (rows, columns);
        Starts = new int[rows + 1];
        ColumnOf = new int[nonZeros];
        Values = new float[nonZeros];
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Index of the first nonzero of every row, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>Column of every nonzero, ascending within a row. 32 bits, as the gather instructions take them.</summary>
    public int[] ColumnOf { get; }

    public float[] Values { get; }

    /// <param name="weights">rows × columns numbers, row-major; whatever is not 0 is kept, NaN too.</param>
    public static CsrWeights Of(ReadOnlySpan<float> weights, int rows, int columns)
    {
        var csr = new CsrWeights(rows, columns, weights.Length - weights.Count(0f));
        var next = 0;
        for (var row = 0; row < rows; row++)
        {
            var line = weights.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
                if (line[column] != 0)
                    (csr.ColumnOf[next], csr.Values[next++]) = (column, line[column]);
            csr.Starts[row + 1] = next;
        }
        return csr;
    }

    /// <summary>Nonzeros of a row.</summary>
    public int CountOf(int row) => Starts[row + 1] - Starts[row];
}
