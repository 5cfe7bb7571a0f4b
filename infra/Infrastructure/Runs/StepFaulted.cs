namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A step command was given up after its retries; nothing is stored, so a later try may succeed.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StepKey">The step.</param>
/// <param name="Reason">The last exception's message.</param>
public sealed record StepFaulted(string RunId, string StepKey, string Reason);
