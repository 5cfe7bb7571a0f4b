using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Measures one checkpoint on all splits.</summary>
public sealed record EvaluateRequest(EvaluateSpec Spec);
