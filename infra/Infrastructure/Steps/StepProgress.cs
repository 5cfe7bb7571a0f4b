using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Where an interrupted step goes on.</summary>
/// <param name="ResumePoint">Weights, optimizer state and position.</param>
/// <param name="Seconds">Compute time spent up to here.</param>
public sealed record StepProgress(ArtifactRef ResumePoint, double Seconds);
