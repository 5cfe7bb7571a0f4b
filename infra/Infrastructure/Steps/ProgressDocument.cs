using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The document <c>steps/{key}/progress.json</c>.</summary>
/// <param name="ResumePoint">Where the step goes on.</param>
/// <param name="Seconds">Compute time spent up to here.</param>
/// <param name="Replaced">Earlier resume points that are still stored.</param>
internal sealed record ProgressDocument(ArtifactRef ResumePoint, double Seconds, IReadOnlyList<ReplacedResumePoint> Replaced);
