using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Says once that the server fails and once that it answers again, however many requests notice.</summary>
internal sealed class S3Outage(ILogger? logger, TimeProvider time)
{
    // A single answer that was lost is no outage, and nobody waits for news of its end.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(5);
    private long _since;

    /// <summary>A request failed and is tried again.</summary>
    public void Failed(string error)
    {
        if (Interlocked.CompareExchange(ref _since, time.GetTimestamp(), comparand: 0) == 0)
            logger?.StoreFails(error);
        else
            logger?.RequestRetried(error);
    }

    /// <summary>A request was answered.</summary>
    public void Answered()
    {
        if (Interlocked.Read(ref _since) == 0 || Interlocked.Exchange(ref _since, 0) is not (> 0 and var since))
            return;
        if (time.GetElapsedTime(since) is var outage && outage >= WorthTelling)
            logger?.StoreAnswers(outage.TotalSeconds);
    }
}
