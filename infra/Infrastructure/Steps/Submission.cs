namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The document <c>runs/{runId}/submitted.json</c>, for people: nothing is decided by it.</summary>
/// <param name="At">When somebody submitted the run last while there was something to do, by the submitter's clock.</param>
/// <param name="First">When somebody submitted it first; null in documents of older versions, where <paramref name="At"/> has to do.</param>
/// <param name="Origin">Where it was submitted, for example <c>embedded</c> or <c>profile distributed</c>; null when that was not written down.</param>
public sealed record Submission(DateTimeOffset At, DateTimeOffset? First = null, string? Origin = null);
