using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Trains for at most a budget of wall-clock time, from a resume point when there is one.</summary>
/// <param name="Spec">The step.</param>
/// <param name="ResumePoint">Where an earlier slice stopped.</param>
/// <param name="BudgetSeconds">After this time the job saves a resume point at the next epoch end and returns unfinished.</param>
/// <param name="CheckpointSeconds">Least time between resume points within a slice.</param>
public sealed record TrainRequest(TrainSpec Spec, ArtifactRef? ResumePoint, double BudgetSeconds, double CheckpointSeconds);
