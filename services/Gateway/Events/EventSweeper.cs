using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Subscriptions;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Events;

/// <summary>Looks again and again at the events that have not come to their end, soon when a signal says so and otherwise every few seconds.</summary>
/// <remarks>Every replica does so: two that move one event do the work twice and the effect once.</remarks>
internal sealed class EventSweeper(EventStore events, EventProgress progress, SubscriptionProgress subscriptions, EventSignals signals, StuckEvents stuck, IOptions<GatewayOptions> options, TimeProvider time, ILogger<EventSweeper> log)
    : BackgroundService
{
    private const int AtOnce = 4;

    // How long a mark without an event is left alone: whoever writes both may be between the two.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly Dictionary<string, long> _orphans = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        GatewayTelemetry.WatchEvents(() => stuck.Age);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                stuck.Went(StuckEvents.Sweep);
                await signals.WaitAsync(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                stuck.Failed(StuckEvents.Sweep);
                log.SweepFailed(exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var pending = await events.PendingAsync(cancellationToken).ToListAsync(cancellationToken);
        GatewayTelemetry.SweptEvents(pending.Count);
        stuck.KeepOnly(pending);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var orphans = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(pending, limit, async (eventKey, token) =>
        {
            if (!await TryAdvanceAsync(eventKey, token))
                orphans.Add(eventKey);
        });
        await subscriptions.SweepAsync(cancellationToken);
        await ForgetOrphansAsync([.. orphans], cancellationToken);
    }

    // One event that cannot be moved must not keep the others. False when there is only its mark.
    private async Task<bool> TryAdvanceAsync(string eventKey, CancellationToken cancellationToken)
    {
        try
        {
            var exists = await progress.AdvanceAsync(eventKey, cancellationToken);
            stuck.Went(eventKey);
            return exists;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            stuck.Failed(eventKey);
            log.EventRests(eventKey, exception.Message);
            return true;
        }
    }

    private async Task ForgetOrphansAsync(IReadOnlyList<string> orphans, CancellationToken cancellationToken)
    {
        foreach (var gone in _orphans.Keys.Except(orphans, StringComparer.Ordinal).ToList())
            _orphans.Remove(gone);
        foreach (var eventKey in orphans)
        {
            if (!_orphans.TryAdd(eventKey, time.GetTimestamp()) && time.GetElapsedTime(_orphans[eventKey]) > Patience)
                await events.ForgetMarkAsync(eventKey, cancellationToken);
        }
    }
}
