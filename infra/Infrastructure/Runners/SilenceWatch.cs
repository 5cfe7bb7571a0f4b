using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Calls out when a job has given no sign of life for too long: no event, and next to no compute time.</summary>
/// <remarks>
/// Jobs are silent by nature, an epoch may take hours, and a heartbeat thread would go on beating beside a job that is stuck. So compute time
/// is the heartbeat: it also shows a runner that was stopped. A job that computes for ever without result is not noticed.
/// </remarks>
internal sealed class SilenceWatch : IAsyncDisposable
{
    // An idle .NET process uses about a tenth of this share of a core; a starved one that works uses far more.
    private const double IdleShare = 0.01;
    private const int LooksPerSilence = 4;
    private readonly TimeSpan _patience;
    private readonly Func<TimeSpan> _computed;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private long _lastSign;

    /// <param name="patience">How long a job may be silent.</param>
    /// <param name="computed">Compute time used so far.</param>
    /// <param name="time">Clock.</param>
    /// <param name="tooSilent">Called once, when patience has run out.</param>
    public SilenceWatch(TimeSpan patience, Func<TimeSpan> computed, TimeProvider time, Action tooSilent)
    {
        (_patience, _computed, _time) = (patience, computed, time);
        _lastSign = time.GetTimestamp();
        _watching = WatchAsync(tooSilent);
    }

    /// <summary>The job has reported.</summary>
    public void Heard()
    {
        WorkPulse.Beat();
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
    }

    private async Task WatchAsync(Action tooSilent)
    {
        try
        {
            var interval = _patience / LooksPerSilence;
            using var timer = new PeriodicTimer(interval, _time);
            var before = _computed();
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var now = _computed();
                if (now - before >= interval * IdleShare)
                    Heard();
                before = now;
                if (_time.GetElapsedTime(Volatile.Read(ref _lastSign)) < _patience)
                    continue;
                tooSilent();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The job has ended.
        }
    }
}
