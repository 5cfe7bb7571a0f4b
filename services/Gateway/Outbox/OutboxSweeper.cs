using Microsoft.Extensions.Options;
using SparsePipeline.Gateway.Streams;
using SparsePipeline.Gateway.Webhooks;
using SparsePipeline.Gateway.Webhooks.Sending;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Looks again and again at what has happened and at whom it was not told, soon when the bus says so and otherwise every few seconds.</summary>
/// <remarks>Every gateway feeds its own streams; one at a time collects and tells for all.</remarks>
internal sealed class OutboxSweeper(
    RunCollector collector, PendingEvents pending, OutboxStore store, EventRing ring, DeliveryStore deliveries, DeliverySignals signals, RunNews news, IObjectStore objects, IClaimOwners owners,
    IOptions<ClaimOptions> claims, IOptions<GatewayOptions> options, TimeProvider time, ILogger<OutboxSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WhileWatched = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromHours(1);
    private readonly SoleHolder _holder = new(OutboxPaths.Lease, objects, owners, claims, time);
    private long? _collectedAt;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                await news.WaitAsync(Interval, time, stoppingToken);
                // What comes in a burst is one sweep.
                await Task.Delay(Burst, time, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                log.OutboxRests(exception.Message);
                // Another gateway may get on where this one does not.
                signals.IsSender = false;
                await ReleaseAsync();
                await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await pending.EndAsync();
        await ReleaseAsync();
    }

    private TimeSpan Interval => ring.IsWatched && options.Value.SweepSeconds > WhileWatched.TotalSeconds ? WhileWatched : TimeSpan.FromSeconds(options.Value.SweepSeconds);

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var holds = await _holder.TryHoldAsync(cancellationToken);
        signals.IsSender = holds;
        if (holds)
            await collector.CollectAsync(cancellationToken);
        else
            collector.Forget();
        await pending.ReadAsync(cancellationToken);
        if (!holds)
            return;
        await pending.TellAsync(cancellationToken);
        if (_collectedAt is { } at && time.GetElapsedTime(at) < BetweenCollections)
            return;
        var waiting = (await deliveries.DueAsync(cancellationToken)).Select(d => DeliveryPaths.EventOf(d.Id)).ToHashSet(StringComparer.Ordinal);
        await store.CollectAsync(waiting.Contains, cancellationToken);
        _collectedAt = time.GetTimestamp();
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await _holder.ReleaseAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5), time);
        }
        catch (Exception exception)
        {
            // Another gateway then waits until the lease is over.
            log.OutboxRests(exception.Message);
        }
    }
}
