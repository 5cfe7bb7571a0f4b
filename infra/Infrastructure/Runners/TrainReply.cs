using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Either finished (<see cref="Outputs"/> and <see cref="Metrics"/>) or to be continued (<see cref="ResumePoint"/>).</summary>
/// <param name="Outputs">Stored outputs by <see cref="OutputNames"/>; null when unfinished.</param>
/// <param name="Metrics">Metrics by <see cref="MetricNames"/>; null when unfinished.</param>
/// <param name="ResumePoint">Where to go on; null when finished.</param>
/// <param name="Seconds">Compute time of this slice.</param>
public sealed record TrainReply(
    IReadOnlyDictionary<string, ArtifactRef>? Outputs, IReadOnlyDictionary<string, double>? Metrics, ArtifactRef? ResumePoint, double Seconds);
