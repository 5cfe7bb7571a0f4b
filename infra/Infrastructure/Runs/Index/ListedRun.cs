namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>A run of a list.</summary>
/// <param name="Run">Where it stands in the index.</param>
/// <param name="End">How it ended; null when nobody has written that down, mostly because it goes on.</param>
public sealed record ListedRun(IndexedRun Run, RunEnd? End);
