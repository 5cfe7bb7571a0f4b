using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Tries deliveries when they are due. Every webhook has its own tries at once, so that one that is slow does not keep the others.</summary>
internal sealed class WebhookSender(
    WebhookStore webhooks, DeliveryStore deliveries, DeliveryProgress progress, DisabledWebhooks disabled, DeliverySignals signals,
    IOptions<GatewayOptions> gateway, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    private const int AtOnce = 4;
    private const int MostAtOnce = 100;

    // Somebody may ask for a try at once, through another gateway.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromHours(1);
    private readonly Dictionary<string, Task> _sending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Webhook, string Id), (DateTimeOffset NextAt, long ReadAt)> _waiting = new();
    private long? _collectedAt;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = TimeSpan.FromSeconds(gateway.Value.SweepSeconds);
            try
            {
                if (signals.IsSender)
                    wait = await LookAsync(wait, stoppingToken);
                else
                    OutgoingTelemetry.Waiting(TimeSpan.Zero);
                await signals.WaitAsync(wait, time, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                log.DeliveriesRest(exception.Message);
                await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(_sending.Values);
    }

    // Returns how long nothing will be due.
    private async Task<TimeSpan> LookAsync(TimeSpan most, CancellationToken cancellationToken)
    {
        foreach (var done in _sending.Where(s => s.Value.IsCompleted).Select(s => s.Key).ToList())
            _sending.Remove(done);
        await CollectAsync(cancellationToken);
        var marked = await deliveries.DueAsync(cancellationToken);
        foreach (var gone in _waiting.Keys.Except(marked).ToList())
            _waiting.TryRemove(gone, out _);
        foreach (var webhook in marked.Where(IsWorthALook).GroupBy(m => m.Webhook, StringComparer.Ordinal).Where(g => !_sending.ContainsKey(g.Key)))
            _sending[webhook.Key] = SendAsync([.. webhook.Take(MostAtOnce)], cancellationToken);
        var now = time.GetUtcNow();
        OutgoingTelemetry.Waiting(marked.Select(m => now - (DeliveryPaths.TimeOf(m.Id) ?? now)).DefaultIfEmpty(TimeSpan.Zero).Max());
        var next = _waiting.Values.Select(w => w.NextAt - now).Where(w => w > TimeSpan.Zero).DefaultIfEmpty(most).Min();
        return next < most ? next : most;
    }

    private bool IsWorthALook((string Webhook, string Id) marked) =>
        !_waiting.TryGetValue(marked, out var waiting) || waiting.NextAt <= time.GetUtcNow() || time.GetElapsedTime(waiting.ReadAt) > Freshness;

    private async Task SendAsync(List<(string Webhook, string Id)> due, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (one, token) =>
            {
                if (await TryAdvanceAsync(one, token) is { } next)
                    _waiting[one] = (next, time.GetTimestamp());
                else
                    _waiting.TryRemove(one, out _);
            });
            signals.SendSoon();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // What was begun is tried again.
        }
    }

    // One that fails here, as a damaged one does, must not cut off the others, and rests.
    private async Task<DateTimeOffset?> TryAdvanceAsync((string Webhook, string Id) one, CancellationToken cancellationToken)
    {
        try
        {
            return await progress.AdvanceAsync(one.Webhook, one.Id, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.DeliveriesRest(exception.Message);
            return time.GetUtcNow() + Freshness;
        }
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (_collectedAt is { } at && time.GetElapsedTime(at) < BetweenCollections)
            return;
        await disabled.TellAsync(cancellationToken);
        await foreach (var name in webhooks.ListAsync(after: null, cancellationToken))
            await deliveries.CollectAsync(name, time.GetUtcNow().AddDays(-options.Value.LogDays), cancellationToken);
        _collectedAt = time.GetTimestamp();
    }
}
