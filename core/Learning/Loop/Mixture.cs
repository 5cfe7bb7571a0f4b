namespace SparsePipeline.Learning.Loop;

/// <summary>How the examples of one batch are mixed: x ← λ·x + (1 − λ)·partner.</summary>
/// <param name="Share">λ, in [0, 1].</param>
/// <param name="Partners">Position of every example's partner in the batch: a permutation.</param>
internal sealed record Mixture(double Share, long[] Partners);
