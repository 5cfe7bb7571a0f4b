namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>What became of a trial.</summary>
/// <param name="HonoursConditions">Whether conditional writes are atomic there, which nothing can do without.</param>
/// <param name="ClockDifference">How far the server's clock is ahead of this machine's; exact to a second or so.</param>
public sealed record S3ProbeResult(bool HonoursConditions, TimeSpan ClockDifference);
