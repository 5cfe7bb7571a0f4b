using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Measures one checkpoint on all splits.</summary>
public sealed record EvaluateRequest(EvaluateSpec Spec) : IRunnerRequest<EvaluateReply>
{
    /// <inheritdoc />
    public static string Job => "evaluate";
}

/// <summary>The stored <see cref="EvaluationReport"/>, for tasks of right and wrong the <see cref="CorrectnessReport"/>, for others the <see cref="ExampleMeasures"/> where there are any, and the headline metrics by <see cref="MetricNames"/>.</summary>
public sealed record EvaluateReply(ArtifactRef Report, ArtifactRef? Correctness, IReadOnlyDictionary<string, double> Metrics, double Seconds, ArtifactRef? Examples = null);
