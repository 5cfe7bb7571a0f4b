namespace SparsePipeline.Contracts;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">1-based.</param>
/// <param name="TrainingLoss">Mean cross-entropy over the epoch's examples, in nats.</param>
public sealed record EpochReport(int Epoch, double TrainingLoss);
