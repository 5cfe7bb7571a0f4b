namespace SparsePipeline.Infrastructure.Runs;

/// <summary>What a sweep saw of a run.</summary>
/// <param name="Standing">Equal as long as no step of it was done, sent, taken or given up.</param>
/// <param name="IsAtWork">Whether somebody holds one of its steps, and may die.</param>
/// <param name="WakeAt">When a deadline of it comes; null for none.</param>
public sealed record RunLook(string Standing, bool IsAtWork, DateTimeOffset? WakeAt);
