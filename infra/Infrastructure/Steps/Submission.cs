namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The document <c>runs/{runId}/submitted.json</c>, for people: nothing is decided by it.</summary>
/// <param name="At">When somebody submitted the run last, by the submitter's clock.</param>
internal sealed record Submission(DateTimeOffset At);
