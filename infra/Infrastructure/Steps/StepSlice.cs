using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>One sitting at a step.</summary>
/// <param name="ResumePoint">Where an earlier sitting stopped; null starts from the beginning.</param>
/// <param name="Progress">Told how far the step is; a resume point in it is remembered at once.</param>
public sealed record StepSlice(ArtifactRef? ResumePoint, IProgress<RunnerProgress> Progress);
