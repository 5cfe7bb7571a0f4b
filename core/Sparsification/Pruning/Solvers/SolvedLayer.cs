using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A layer that a <see cref="ILayerSolver"/> has cut.</summary>
/// <param name="Mask">Which weights stay.</param>
/// <param name="Weights">All weights afterwards, by flat index; those that are pruned 0.</param>
/// <param name="Moved">‖X(W − Ŵ)ᵀ‖² / ‖XWᵀ‖² on the sample.</param>
internal sealed record SolvedLayer(TensorMask Mask, double[] Weights, double Moved);
