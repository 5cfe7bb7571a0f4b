using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>A candidate that is averaged.</summary>
/// <param name="Index">Its index among the candidates, for messages.</param>
/// <param name="State">Its weights.</param>
/// <param name="Factor">Its λ before division.</param>
internal sealed record SoupMember(int Index, StateDict State, double Factor);
