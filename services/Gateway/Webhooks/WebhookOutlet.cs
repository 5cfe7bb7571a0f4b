using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Gateway.Streams;
using SparsePipeline.Gateway.Webhooks.Sending;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary>Makes a delivery of every event for every webhook that wants it. One that is disabled gets nothing new.</summary>
internal sealed class WebhookOutlet(WebhookStore webhooks, DeliveryStore deliveries, DeliverySignals signals) : IOutlet
{
    public async Task TakeAsync(IReadOnlyList<OutgoingEvent> events, Action<OutgoingEvent> taken, CancellationToken cancellationToken)
    {
        var made = false;
        await foreach (var webhook in webhooks.AllAsync(cancellationToken).Where(w => w.DisabledAt is null).WithCancellation(cancellationToken))
        {
            foreach (var one in events.Where(e => webhook.Types.Any(t => StreamFilter.Matches(t, e.Type))))
            {
                await deliveries.MakeAsync(webhook.Name, one, cancellationToken);
                made = true;
            }
        }
        foreach (var one in events)
            taken(one);
        if (made)
            signals.SendSoon();
    }
}
