using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Subscriptions;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Events;

/// <summary>Looks again and again at the events that have not come to their end, soon when a signal says so and otherwise every few seconds.</summary>
/// <remarks>Every replica does so: two that move one event do the work twice and the effect once.</remarks>
internal sealed class EventSweeper(EventStore events, EventProgress progress, SubscriptionProgress subscriptions, EventSignals signals, IOptions<GatewayOptions> options, TimeProvider time, ILogger<EventSweeper> log)
    : BackgroundService
{
    private const int AtOnce = 4;

    // How long a mark without an event is left alone: whoever writes both may be between the two.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, long> _orphans = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                await signals.WaitAsync(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.SweepFailed(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var pending = await events.PendingAsync(cancellationToken).ToListAsync(cancellationToken);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(pending, limit, async (eventKey, token) => await TryAdvanceAsync(eventKey, token));
        await subscriptions.SweepAsync(cancellationToken);
        await ForgetOrphansAsync(pending, cancellationToken);
    }

    // One event that cannot be moved must not keep the others.
    private async Task TryAdvanceAsync(string eventKey, CancellationToken cancellationToken)
    {
        try
        {
            await progress.AdvanceAsync(eventKey, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.EventRests(eventKey, exception.Message);
        }
    }

    private async Task ForgetOrphansAsync(List<string> pending, CancellationToken cancellationToken)
    {
        foreach (var gone in _orphans.Keys.Except(pending, StringComparer.Ordinal).ToList())
            _orphans.Remove(gone);
        foreach (var eventKey in pending)
        {
            if (await events.FindAsync(eventKey, cancellationToken) is not null)
                _orphans.Remove(eventKey);
            else if (!_orphans.TryAdd(eventKey, time.GetTimestamp()) && time.GetElapsedTime(_orphans[eventKey]) > Patience)
                await events.ForgetMarkAsync(eventKey, cancellationToken);
        }
    }
}
