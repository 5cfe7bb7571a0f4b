namespace SparsePipeline.Learning.Data.Corruption;

/// <summary>An 8×8 block after its cosine transform was rounded (ITU-T T.81, annexes A.3.3 and K.1, table K.1).</summary>
internal sealed class CosineBlock
{
    public const int Side = 8;

    // Rounds exact halves up although the last bit of a cosine differs between processors.
    private const double Half = 0.5 + 1e-9;

    private static readonly double[,] Basis = CreateBasis();
    private static readonly double[,] Inverse = Transposed(Basis);

    private static readonly int[,] Steps =
    {
        { 16, 11, 10, 16, 24, 40, 51, 61 },
        { 12, 12, 14, 19, 26, 58, 60, 55 },
        { 14, 13, 16, 24, 40, 57, 69, 56 },
        { 14, 17, 22, 29, 51, 87, 80, 62 },
        { 18, 22, 37, 56, 68, 109, 103, 77 },
        { 24, 35, 55, 64, 81, 104, 113, 92 },
        { 49, 64, 78, 87, 103, 121, 120, 101 },
        { 72, 92, 95, 98, 112, 100, 103, 99 },
    };

    private readonly double[,] _values;

    private CosineBlock(double[,] values) => _values = values;

    public double this[int y, int x] => _values[y, x];

    /// <param name="picture">Values 0 to 1, which are 0 to 255 to the table.</param>
    /// <param name="channel">Which channel.</param>
    /// <param name="top">First row.</param>
    /// <param name="left">First column.</param>
    /// <param name="factor">By which the table's steps are multiplied.</param>
    public static CosineBlock Quantised(Picture picture, int channel, int top, int left, double factor)
    {
        var block = new double[Side, Side];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                block[y, x] = 255 * picture[channel, top + y, left + x] - 128;
        var frequencies = Multiply(Multiply(Basis, block), Inverse);
        for (var v = 0; v < Side; v++)
            for (var u = 0; u < Side; u++)
                frequencies[v, u] = Math.Floor(frequencies[v, u] / (factor * Steps[v, u]) + Half) * factor * Steps[v, u];
        var back = Multiply(Multiply(Inverse, frequencies), Basis);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                back[y, x] = (back[y, x] + 128) / 255;
        return new CosineBlock(back);
    }

    private static double[,] CreateBasis()
    {
        var basis = new double[Side, Side];
        for (var u = 0; u < Side; u++)
            for (var x = 0; x < Side; x++)
                basis[u, x] = (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * x + 1) * u * Math.PI / 16);
        return basis;
    }

    private static double[,] Transposed(double[,] matrix)
    {
        var result = new double[Side, Side];
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
                result[column, row] = matrix[row, column];
        return result;
    }

    private static double[,] Multiply(double[,] left, double[,] right)
    {
        var result = new double[Side, Side];
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
                for (var k = 0; k < Side; k++)
                    result[row, column] += left[row, k] * right[k, column];
        return result;
    }
}
