namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A pruned layer.</summary>
/// <param name="Kept">Which weights stay, by flat index.</param>
/// <param name="Weights">All weights afterwards, by flat index; those that do not stay are not looked at.</param>
public sealed record LayerSolution(bool[] Kept, double[] Weights);
