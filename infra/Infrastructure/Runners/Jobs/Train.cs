using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Trains for at most a budget of wall-clock time, from a resume point when there is one.</summary>
/// <param name="Spec">The step.</param>
/// <param name="ResumePoint">Where an earlier slice stopped.</param>
/// <param name="BudgetSeconds">After this time the job saves a resume point at the next epoch end and returns unfinished.</param>
/// <param name="CheckpointSeconds">Least time between resume points within a slice.</param>
public sealed record TrainRequest(TrainSpec Spec, ArtifactRef? ResumePoint, double BudgetSeconds, double CheckpointSeconds) : IRunnerRequest<TrainReply>
{
    /// <inheritdoc />
    public static string Job => "train";
}

/// <summary>Either finished (<see cref="Outputs"/> and <see cref="Metrics"/>) or to be continued (<see cref="ResumePoint"/>).</summary>
/// <param name="Outputs">Stored outputs by <see cref="OutputNames"/>; null when unfinished.</param>
/// <param name="Metrics">Metrics by <see cref="MetricNames"/>; null when unfinished.</param>
/// <param name="ResumePoint">Where to go on; null when finished.</param>
/// <param name="Seconds">Compute time of this slice.</param>
public sealed record TrainReply(
    IReadOnlyDictionary<string, ArtifactRef>? Outputs, IReadOnlyDictionary<string, double>? Metrics, ArtifactRef? ResumePoint, double Seconds);
