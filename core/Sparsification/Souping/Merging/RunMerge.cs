namespace SparsePipeline.Sparsification.Souping;

/// <summary>Merges consecutive numbers of one tensor.</summary>
/// <param name="run">The numbers of the members and of the anchor.</param>
/// <param name="merged">Receives as many; what the mask prunes is set to 0 afterwards.</param>
public delegate void RunMerge(TensorRun run, Span<double> merged);
