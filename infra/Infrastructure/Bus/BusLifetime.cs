using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Starts the bus of a process and stops it; a start always ends.</summary>
/// <remarks>
/// In place of the bus library's own hosted service, which may wait for ever: when the broker closes the connection while a queue is declared,
/// as one does that has just come back from a crash, the client hides that behind an <see cref="ObjectDisposedException"/>, the library takes
/// it for final and gives the endpoint up; its start fails for good, or neither start nor stop ever returns. Decision 0029. And a broker that goes
/// away while queues are declared can make a start fail with that, although such a start elsewhere waits for it.
/// </remarks>
internal sealed class BusLifetime(IBusControl bus, TimeProvider time, ILogger<BusLifetime> log) : IHostedService
{
    /// <summary>How long one start may take: declaring all queues takes a second, and a broker that is away is asked again in any case.</summary>
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(30);

    /// <summary>How long a start may take to give up when it was told to.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Before another bus is built for a broker that went away.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _stuck;

    /// <inheritdoc />
    /// <remarks>Returns when every queue is bound: what is published earlier would vanish. Waits for a broker that is not there yet.</remarks>
    /// <exception cref="BusStuckException">The host must be built anew.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await TryStartAsync(cancellationToken))
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => _stuck ? Task.CompletedTask : bus.StopAsync(cancellationToken);

    /// <summary>Stops a bus that consumed nothing, so that nothing has to come to its end first. Always returns, and has no errors but in the log.</summary>
    public async Task LeaveAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None).WaitAsync(Attempt, time);
        }
        catch (Exception exception)
        {
            log.BusNotStopped(exception);
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Attempt, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await bus.StartAsync(attempt.Token).WaitAsync(Attempt + Grace, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception) when (exception is TimeoutException || exception.GetBaseException() is ObjectDisposedException)
        {
            throw Stuck(exception);
        }
        catch (Exception exception) when (BrokerErrors.IsAway(exception))
        {
            await Task.Delay(Pause, time, cancellationToken);
            throw Stuck(exception);
        }
    }

    private BusStuckException Stuck(Exception cause)
    {
        _stuck = true;
        log.BusStuck(cause);
        return new BusStuckException("The bus could not be started, nor its start be undone.", cause);
    }
}
