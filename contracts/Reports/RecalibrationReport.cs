namespace SparsePipeline.Contracts;

/// <summary>How BatchNorm statistics were measured again.</summary>
/// <param name="Batches">Batches averaged, all of the same size.</param>
/// <param name="BatchSize">Training examples per batch.</param>
/// <param name="Seed">Decides which training examples; derived from the data's split seed, so that all candidates see the same.</param>
public sealed record RecalibrationReport(int Batches, int BatchSize, long Seed);
