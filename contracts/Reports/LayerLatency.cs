namespace SparsePipeline.Contracts;

/// <summary>How long one layer takes for one batch.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Weights">Its weights, zeros included.</param>
/// <param name="NonZeros">Those that are not 0.</param>
/// <param name="DenseSeconds">By libtorch; median.</param>
/// <param name="SparseSeconds">With the zeros left out; median. Null for convolutions that have no sparse form here: grouped, dilated, oblong.</param>
/// <param name="Difference">
/// Greatest difference of the two ways' outputs, as a share of the greatest output where that exceeds 1; null likewise.
/// </param>
public sealed record LayerLatency(string Name, long Weights, long NonZeros, double DenseSeconds, double? SparseSeconds, double? Difference)
{
    /// <summary>Greatest difference that sums in another order explain.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Whether both ways compute the same, as far as there are two.</summary>
    public bool Agrees => Difference is null or <= Tolerance;
}
