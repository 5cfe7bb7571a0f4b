using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Waits for space on a full disk and then does again what failed for want of it, until the process stops.</summary>
/// <remarks>Nothing is lost and nobody is told twice: the first who waits says so, and whoever gets space first says that it goes on.</remarks>
public sealed class DiskPatience(TimeProvider time, ILogger<DiskPatience> log, IHostApplicationLifetime? lifetime = null)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private string? _full;

    /// <summary>Returns what the operation returns in the end.</summary>
    /// <param name="operation">May be repeated from its beginning.</param>
    /// <param name="cancellationToken">Stops waiting, as the stop of the process does.</param>
    /// <exception cref="DiskStillFullException">There was no space before the waiting was stopped.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime?.ApplicationStopping ?? CancellationToken.None);
        for (var pause = TimeSpan.FromSeconds(0.5); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var done = await operation();
                GoOn();
                return done;
            }
            catch (Exception exception) when (FullDisk.Find(exception) is { } path)
            {
                Say(path);
                await Task.Delay(pause, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested)
                    throw new DiskStillFullException(path, stop.Token);
            }
        }
    }

    private void Say(string path)
    {
        if (Interlocked.CompareExchange(ref _full, path, comparand: null) is null)
            log.DiskIsFull(path);
    }

    private void GoOn()
    {
        if (_full is not null && Interlocked.Exchange(ref _full, value: null) is { } path)
            log.DiskHasSpace(path);
    }
}
