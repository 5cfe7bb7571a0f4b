namespace SparsePipeline.Gateway.Outbox;

/// <summary>A run whose end was not told yet, as this process knows it.</summary>
/// <param name="Cursor">What was told.</param>
/// <param name="Version">Of the cursor's document; null when there is none.</param>
/// <param name="WasActive">Whether it was active when it was looked at.</param>
/// <param name="LookedAt">When, by the process's stopwatch.</param>
internal sealed record OpenRun(RunCursor Cursor, string? Version, bool WasActive, long LookedAt);
