using Microsoft.Extensions.Time.Testing;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>A machine whose clock on the wall may be set while its stopwatch runs on, as a machine's does.</summary>
internal sealed class JumpingTime(FakeTimeProvider stopwatch) : TimeProvider
{
    /// <summary>How far the clock on the wall is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    public override long TimestampFrequency => stopwatch.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => stopwatch.GetUtcNow() + Ahead;

    public override long GetTimestamp() => stopwatch.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        stopwatch.CreateTimer(callback, state, dueTime, period);
}
