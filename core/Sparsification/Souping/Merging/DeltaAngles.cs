namespace SparsePipeline.Sparsification.Souping;

/// <summary>Inner products of the members' differences from the anchor, row by row.</summary>
internal sealed class DeltaAngles
{
    private readonly double[][] _products;
    private readonly int _members;

    private DeltaAngles(int rows, long columns, int members)
    {
        (_members, Columns) = (members, columns);
        _products = [.. Enumerable.Range(0, rows).Select(_ => new double[members * members])];
    }

    /// <summary>Numbers of a row.</summary>
    public long Columns { get; }

    /// <param name="tensor">The tensor.</param>
    /// <param name="rows">Rows of the same length it is seen as.</param>
    public static DeltaAngles Of(TensorReading tensor, long rows)
    {
        var angles = new DeltaAngles(checked((int)rows), Math.Max(1, tensor.Tensor.Count / Math.Max(1, rows)), tensor.Members);
        tensor.Scan(angles.Add);
        return angles;
    }

    /// <summary>Mean cosine over all pairs of members; 0 for a pair of which one does not differ from the anchor, and for one member.</summary>
    public double MeanCosine(int row)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 1; i < _members; i++)
            for (var j = 0; j < i; j++, pairs++)
                sum += Cosine(_products[row], i, j);
        return pairs == 0 ? 0 : sum / pairs;
    }

    // The root of the product, not the product of roots: for equal differences it is their product again, and the cosine 1.
    private double Cosine(double[] products, int i, int j) =>
        Math.Sqrt(products[(i * _members) + i] * products[(j * _members) + j]) is > 0 and var norms ? Math.Clamp(products[(i * _members) + j] / norms, -1, 1) : 0;

    private void Add(TensorRun run)
    {
        for (var start = 0; start < run.Count;)
        {
            var row = (run.Start + start) / Columns;
            var count = (int)Math.Min(run.Count - start, ((row + 1) * Columns) - run.Start - start);
            for (var i = 0; i < _members; i++)
                for (var j = 0; j <= i; j++)
                    _products[row][(i * _members) + j] += Product(run.Member(i).Slice(start, count), run.Member(j).Slice(start, count), run.Anchor.Slice(start, count));
            start += count;
        }
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b, ReadOnlySpan<double> anchor)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (a[i] - anchor[i]) * (b[i] - anchor[i]);
        return sum;
    }
}
