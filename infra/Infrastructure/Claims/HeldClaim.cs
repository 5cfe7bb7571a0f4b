namespace SparsePipeline.Infrastructure.Claims;

/// <summary>A claim that is kept alive while its holder works: at a step, or at sweeping.</summary>
/// <remarks>
/// It beats only while the work advances. A process that lives beside work that waits for ever would keep it from everybody for ever
/// (decision 0036), so a claim whose work gave no sign for <c>standstill</c> is no longer extended: the work is told to stop, and after a grace
/// whoever waits for it is told that it will not.
/// </remarks>
internal sealed class HeldClaim : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _abandoned;
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly Task _beating;
    private long _advanced;
    private Task<string?>? _last;

    /// <param name="beat">Extends the claim; says why the work must stop, or null to go on.</param>
    /// <param name="interval">Time between two beats.</param>
    /// <param name="standstill">How long the work may give no sign.</param>
    /// <param name="time">Clock.</param>
    /// <param name="stopping">The process is about to stop.</param>
    public HeldClaim(Func<CancellationToken, Task<string?>> beat, TimeSpan interval, TimeSpan standstill, TimeProvider time, CancellationToken stopping)
    {
        _time = time;
        _work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _abandoned = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _advanced = time.GetTimestamp();
        _beating = BeatAsync(beat, interval, standstill);
    }

    /// <summary>What is known about the tries so far.</summary>
    public ClaimGrant Grant { get; init; } = new(Attempts: 1, LastFault: null);

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Cancelled when the work stood still and did not stop when it was told: what it waits for is left behind.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Why the work was stopped.</summary>
    public string Reason { get; private set; } = "the process is stopping";

    /// <summary>Whether the work stood still, so that the claim is no longer extended.</summary>
    public bool HasLapsed { get; private set; }

    /// <summary>The work has moved.</summary>
    public void Advance() => Volatile.Write(ref _advanced, _time.GetTimestamp());

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
        _work.Dispose();
        _abandoned.Dispose();
    }

    private async Task BeatAsync(Func<CancellationToken, Task<string?>> beat, TimeSpan interval, TimeSpan standstill)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, _time);
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                HasLapsed = _time.GetElapsedTime(Volatile.Read(ref _advanced)) >= standstill;
                if ((HasLapsed ? $"its work gave no sign for {standstill.TotalSeconds:0.###} s" : await TryBeatAsync(beat, interval)) is not { } reason)
                    continue;
                await StopAsync(reason);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
    }

    private async Task StopAsync(string reason)
    {
        Reason = reason;
        if (HasLapsed)
            _abandoned.CancelAfter(Grace);
        await _work.CancelAsync();
    }

    // A store that hiccups for one beat is no reason to throw work away: the lease covers several.
    // One that hangs with the store is missed, and the next is the same one still: whether the work stands still is judged all the same.
    private async Task<string?> TryBeatAsync(Func<CancellationToken, Task<string?>> beat, TimeSpan interval)
    {
        var end = _end.Token;
        try
        {
            if (_last is not { IsCompleted: false })
                _last = Task.Run(() => beat(end), end);
            return await _last.WaitAsync(interval, _time, end);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
