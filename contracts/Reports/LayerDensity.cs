namespace SparsePipeline.Contracts;

/// <summary>How much of one tensor a mask keeps.</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Kept">Weights kept.</param>
/// <param name="Total">Weights in all.</param>
public sealed record LayerDensity(string Name, long Kept, long Total)
{
    /// <summary>Kept / Total in [0, 1].</summary>
    public double Density => Total == 0 ? 1 : (double)Kept / Total;
}
