namespace SparsePipeline.Infrastructure.Runners;

/// <summary>How far a job is.</summary>
/// <param name="Fraction">In [0, 1].</param>
/// <param name="Message">For people, for example <c>epoch 3/10, loss 0.214</c>.</param>
/// <param name="ResumePoint">A stored resume point, when one was just written.</param>
/// <param name="Seconds">Compute time of this job so far.</param>
public sealed record RunnerProgress(double Fraction, string Message, Contracts.ArtifactRef? ResumePoint, double Seconds);
