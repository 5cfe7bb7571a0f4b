namespace SparsePipeline.Sparsification.Kernels;

/// <summary>As <see cref="SquaredDistance"/>, of 64-bit numbers, which are scaled first so that no square over- or underflows.</summary>
internal static class WideDistance
{
    private const int Lanes = 16;

    /// <summary>Σ (s·aᵢ)².</summary>
    public static double FromOrigin(ReadOnlySpan<double> a, double scale) => Between(a, [], scale);

    /// <summary>Σ (s·aᵢ − s·bᵢ)²; the origin when b is empty.</summary>
    public static double Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double scale)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        for (var i = 0; i < a.Length; i++)
        {
            var difference = (a[i] * scale) - (b.IsEmpty ? 0 : b[i] * scale);
            lanes[i % Lanes] += difference * difference;
        }

        double sum = 0;
        foreach (var lane in lanes)
            sum += lane;
        return sum;
    }
}
