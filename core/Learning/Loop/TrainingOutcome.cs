using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop;

/// <summary>What a finished training reports besides its checkpoint.</summary>
/// <param name="Report">The log.</param>
/// <param name="Metrics">By <see cref="MetricNames"/>: validation after recalibration, training loss of the last epoch, epochs.</param>
public sealed record TrainingOutcome(TrainReport Report, IReadOnlyDictionary<string, double> Metrics);
