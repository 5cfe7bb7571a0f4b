namespace SparsePipeline.Sparsification.Souping;

/// <summary>How candidates lie to each other, over all floating-point tensors.</summary>
/// <param name="Norms">2-norm of each candidate.</param>
/// <param name="Distances">Euclidean distance of each pair, symmetric, zero diagonal.</param>
/// <param name="Angles">
/// Angle in degrees of each pair seen from the barycentre of all, symmetric, zero diagonal; 0 where a candidate is the barycentre.
/// Candidates that vary independently stand at about arccos(−1/(n−1)): 120° for three, 104° for five.
/// </param>
/// <param name="Radii">Distance of each candidate from the barycentre.</param>
public sealed record SoupGeometry(
    IReadOnlyList<double> Norms,
    IReadOnlyList<IReadOnlyList<double>> Distances,
    IReadOnlyList<IReadOnlyList<double>> Angles,
    IReadOnlyList<double> Radii)
{
    /// <summary>Largest pairwise distance relative to the largest norm; 0 for networks of zeros.</summary>
    public double RelativeSpread => Norms.Max() == 0 ? 0 : Distances.Max(row => row.Max()) / Norms.Max();

    /// <summary>All of it from norms and squared distances alone: ⟨i − c, j − c⟩ = ½(rᵢ + rⱼ − dᵢⱼ), rᵢ the squared radius.</summary>
    /// <param name="squaredNorms">Squared norms of the candidates times the scale.</param>
    /// <param name="squared">Squared distances between them.</param>
    /// <param name="scale">What numbers were multiplied by before they were squared.</param>
    internal static SoupGeometry Of(double[] squaredNorms, double[,] squared, double scale = 1)
    {
        var n = squaredNorms.Length;
        var rowMeans = Rows(n, i => Rows(n, j => squared[i, j]).Average());
        // |i − c|² = mean over j of |i − j|², less half the mean over all pairs (Gower 1966).
        var radii = Rows(n, i => Math.Max(0, rowMeans[i] - (rowMeans.Average() / 2)));
        return new SoupGeometry(
            Rows(n, i => Math.Sqrt(squaredNorms[i]) / scale),
            Rows(n, i => Rows(n, j => Math.Sqrt(squared[i, j]) / scale)),
            Rows(n, i => Rows(n, j => i == j ? 0 : Angle(radii[i], radii[j], squared[i, j]))),
            Rows(n, i => Math.Sqrt(radii[i]) / scale));
    }

    private static double Angle(double radiusI, double radiusJ, double squaredDistance) => radiusI == 0 || radiusJ == 0
        ? 0
        : double.RadiansToDegrees(Math.Acos(Math.Clamp((radiusI + radiusJ - squaredDistance) / (2 * Math.Sqrt(radiusI * radiusJ)), -1, 1)));

    private static T[] Rows<T>(int n, Func<int, T> row) => [.. Enumerable.Range(0, n).Select(row)];
}
