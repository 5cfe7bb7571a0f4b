using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>The stored <see cref="EvaluationReport"/> and <see cref="CorrectnessReport"/>, and the headline metrics by <see cref="MetricNames"/>.</summary>
public sealed record EvaluateReply(ArtifactRef Report, ArtifactRef Correctness, IReadOnlyDictionary<string, double> Metrics, double Seconds);
