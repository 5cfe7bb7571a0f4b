namespace SparsePipeline.Checkpoints;

/// <summary>What came into one layer on a sample of the training data, over all examples and places it was used at.</summary>
/// <param name="Tensor">Name of the layer's weights, seen as the matrix [outputs, inputs]; of a convolution the inputs of a kernel, as its weights lie.</param>
/// <param name="Count">n: how many input vectors were seen.</param>
/// <param name="Sums">Σx, one per input.</param>
/// <param name="Squares">Σx², one per input.</param>
/// <param name="Products">XᵀX, row after row; null when it was not asked for.</param>
public sealed record LayerStatistics(string Tensor, long Count, double[] Sums, double[] Squares, double[]? Products)
{
    /// <summary>XᵀY, one row per input and one column per output, its bias included; null when it was not asked for.</summary>
    public double[]? OutputProducts { get; init; }

    /// <summary>Inputs of the layer: columns of its matrix.</summary>
    public int Inputs => Sums.Length;

    /// <summary>Root of the mean square of an input; 0 for one that was always 0.</summary>
    public double Root(int input) => Count == 0 ? 0 : Math.Sqrt(Squares[input] / Count);
}
