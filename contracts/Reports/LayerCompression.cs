namespace SparsePipeline.Contracts;

/// <summary>What is left of one prunable tensor, seen as [output, everything else].</summary>
/// <param name="Name">Tensor name.</param>
/// <param name="Kept">Weights that are not 0.</param>
/// <param name="Total">Weights in all.</param>
/// <param name="Rows">Its outputs: neurons or filters.</param>
/// <param name="DeadRows">Outputs without a weight left: they give their bias whatever comes in.</param>
public sealed record LayerCompression(string Name, long Kept, long Total, long Rows, long DeadRows)
{
    /// <summary>Kept / Total in [0, 1].</summary>
    public double Density => Total == 0 ? 1 : (double)Kept / Total;
}
