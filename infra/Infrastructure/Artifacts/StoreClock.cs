namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>How far this machine's clock is from that of the store's server, as its latest answer said.</summary>
/// <remarks>
/// Nothing here compares clocks to decide whose claim is old. But servers refuse some requests that are signed a quarter of an hour early or
/// late and obey others, so that a machine with a wrong clock seems to work and gets nothing done.
/// </remarks>
public sealed class StoreClock
{
    private static readonly TimeSpan MostAccepted = TimeSpan.FromMinutes(14);
    private long _ahead;

    /// <summary>How far this machine is ahead; negative when it is behind, zero while nothing is known or the store is a folder.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <summary>What is wrong and what to do; null while the clock will do.</summary>
    public string? Problem => Ahead.Duration() < MostAccepted ? null
        : $"This machine's clock is {Ahead.Duration().TotalMinutes:0} min {(Ahead > TimeSpan.Zero ? "ahead of" : "behind")} the object store's: set this machine's clock.";

    /// <summary>Takes note of an answer.</summary>
    /// <param name="server">When the server says it answered; null changes nothing.</param>
    internal void Observe(DateTimeOffset? server)
    {
        // Requests are signed by the system's clock, so it is the one that counts.
        if (server is { } told)
            Interlocked.Exchange(ref _ahead, (TimeProvider.System.GetUtcNow() - told).Ticks);
    }
}
