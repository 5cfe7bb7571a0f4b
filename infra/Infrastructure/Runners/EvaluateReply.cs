using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>The stored <see cref="EvaluationReport"/> and its headline metrics by <see cref="MetricNames"/>.</summary>
public sealed record EvaluateReply(ArtifactRef Report, IReadOnlyDictionary<string, double> Metrics, double Seconds);
