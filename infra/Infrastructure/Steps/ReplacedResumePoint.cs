namespace SparsePipeline.Infrastructure.Steps;

/// <summary>A resume point that is no longer the latest.</summary>
/// <param name="Digest">Its blob.</param>
/// <param name="At">When a later one took its place.</param>
internal sealed record ReplacedResumePoint(string Digest, DateTimeOffset At);
