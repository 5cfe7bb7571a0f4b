namespace SparsePipeline.Reporting.Html;

/// <summary>Places sparsities by −ln(1 − s), the logarithm of the shrinkage: 90 %, 99 % and 99.9 % are equally far apart.</summary>
internal static class SparsityScale
{
    /// <summary>Position of a sparsity in [0, 1); values closer to 1 than a millionth are drawn there.</summary>
    public static double Position(double sparsity) => -Math.Log(Math.Max(1 - sparsity, 1e-6));

    /// <summary>The sparsity at a position.</summary>
    public static double Sparsity(double position) => 1 - Math.Exp(-position);
}
