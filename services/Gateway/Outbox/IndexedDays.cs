namespace SparsePipeline.Gateway.Outbox;

/// <summary>The document <c>outbox/cursors/days.json</c>.</summary>
/// <param name="From">Runs that were submitted before this day (UTC) have been looked at.</param>
internal sealed record IndexedDays(DateOnly From);
