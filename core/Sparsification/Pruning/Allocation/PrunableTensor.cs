namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A tensor offered to a cut.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Shape">Its dimensions, output channels first.</param>
/// <param name="Total">Its weights.</param>
/// <param name="Remaining">Its weights that no earlier cut pruned.</param>
/// <param name="IsOutput">Whether it is the network's last layer, whose rows are what the network answers with.</param>
/// <param name="Kept">Weights it keeps because it has a sparsity of its own; null when the allocation decides.</param>
public sealed record PrunableTensor(string Name, IReadOnlyList<long> Shape, long Total, long Remaining, bool IsOutput = false, long? Kept = null);
