namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Tensors that compete with each other for the weights to be kept.</summary>
/// <param name="Tensors">Indices of the tensors, ascending.</param>
/// <param name="Kept">Weights to keep among them.</param>
public sealed record CutGroup(IReadOnlyList<int> Tensors, long Kept);
