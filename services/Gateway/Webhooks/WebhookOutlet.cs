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
        var enabled = await webhooks.AllAsync(cancellationToken).Where(w => w.DisabledAt is null).ToListAsync(cancellationToken);
        // Event by event: what is taken before the time is up is not offered again, however many webhooks there are.
        foreach (var one in events)
        {
            foreach (var webhook in enabled.Where(w => w.Types.Any(t => StreamFilter.Matches(t, one.Type))))
            {
                await deliveries.MakeAsync(webhook.Name, one, cancellationToken);
                made = true;
            }
            taken(one);
        }
        if (made)
            signals.SendSoon();
    }
}
