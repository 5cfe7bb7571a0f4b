namespace SparsePipeline.Infrastructure.Runs;

/// <summary>The document <c>runs/{runId}/trace.json</c>.</summary>
/// <param name="Parent">W3C trace context of the submission.</param>
internal sealed record RunTrace(string Parent);
