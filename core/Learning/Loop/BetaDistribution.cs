namespace SparsePipeline.Learning.Loop;

/// <summary>Numbers from Beta(α, α).</summary>
/// <remarks>
/// G / (G + G') of two gamma variables by Marsaglia and Tsang (2000), for Gamma(α + 1) times U^(1/α). Both are kept as logarithms: for small
/// α the powers are below any double, and 0 / 0 would be the result.
/// </remarks>
internal static class BetaDistribution
{
    /// <summary>A number in [0, 1].</summary>
    /// <param name="alpha">α, above 0: 1 is uniform, less prefers the ends.</param>
    /// <param name="random">Takes a number of draws that depends on the numbers drawn.</param>
    public static double Draw(double alpha, SeededRandom random)
    {
        var (first, second) = (LogGamma(alpha, random), LogGamma(alpha, random));
        return 1 / (1 + Math.Exp(second - first));
    }

    private static double LogGamma(double alpha, SeededRandom random)
    {
        var d = alpha + 1 - 1.0 / 3;
        while (true)
        {
            var normal = random.NextNormal();
            var v = Math.Pow(1 + normal / Math.Sqrt(9 * d), 3);
            var uniform = 1 - random.NextUnit();
            if (v > 0 && Math.Log(uniform) < normal * normal / 2 + d - d * v + d * Math.Log(v))
                return Math.Log(d * v) + Math.Log(1 - random.NextUnit()) / alpha;
        }
    }
}
