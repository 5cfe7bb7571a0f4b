namespace SparsePipeline.Infrastructure.Steps;

/// <summary>A claim that is kept alive while its holder works: at a step, or at sweeping.</summary>
internal sealed class HeldClaim : IAsyncDisposable
{
    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _beating;

    /// <param name="beat">Extends the claim; says why the work must stop, or null to go on.</param>
    /// <param name="interval">Time between two beats.</param>
    /// <param name="time">Clock.</param>
    /// <param name="stopping">The process is about to stop.</param>
    public HeldClaim(Func<CancellationToken, Task<string?>> beat, TimeSpan interval, TimeProvider time, CancellationToken stopping)
    {
        _work = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _beating = BeatAsync(beat, interval, time);
    }

    /// <summary>What is known about the tries so far.</summary>
    public ClaimGrant Grant { get; init; } = new(Attempts: 1, LastFault: null);

    /// <summary>Cancelled when the work must stop.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Why the work was stopped.</summary>
    public string Reason { get; private set; } = "the process is stopping";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _beating;
        _end.Dispose();
        _work.Dispose();
    }

    private async Task BeatAsync(Func<CancellationToken, Task<string?>> beat, TimeSpan interval, TimeProvider time)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, time);
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                if (await TryBeatAsync(beat) is not { } reason)
                    continue;
                Reason = reason;
                await _work.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The step has ended.
        }
    }

    // A store that hiccups for one beat is no reason to throw work away: the lease covers several.
    private async Task<string?> TryBeatAsync(Func<CancellationToken, Task<string?>> beat)
    {
        try
        {
            return await beat(_end.Token);
        }
        catch (Exception) when (!_end.IsCancellationRequested)
        {
            return null;
        }
    }
}
