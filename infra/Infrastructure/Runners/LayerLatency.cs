namespace SparsePipeline.Infrastructure.Runners;

/// <summary>How long one layer takes for one batch.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Weights">Its weights, zeros included.</param>
/// <param name="NonZeros">Those that are not 0.</param>
/// <param name="DenseSeconds">By libtorch; median.</param>
/// <param name="SparseSeconds">With the zeros left out; median. Null for convolutions that have no sparse form here: grouped, dilated, oblong.</param>
/// <param name="Difference">Greatest absolute difference of the two ways' outputs; null likewise.</param>
public sealed record LayerLatency(string Name, long Weights, long NonZeros, double DenseSeconds, double? SparseSeconds, double? Difference);
