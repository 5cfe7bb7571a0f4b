namespace SparsePipeline.Sparsification.Souping;

/// <summary>How one tensor is merged.</summary>
/// <param name="Merge">Merges one run; called for several at once, in no particular order.</param>
/// <param name="Figures">What a report tells of the tensor, by name; null for nothing.</param>
public sealed record TensorRule(RunMerge Merge, IReadOnlyDictionary<string, double>? Figures = null);
