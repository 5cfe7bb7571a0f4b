using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Disables webhooks, and tells so: the document first, its event after, and again by whoever finds that it was not.</summary>
internal sealed class DisabledWebhooks(WebhookStore webhooks, OutboxStore outbox, OutgoingEvents outgoing, RunNews news, TimeProvider time, ILogger<DisabledWebhooks> log)
{
    // An event that was told is deleted after some days and must not be told anew.
    private static readonly TimeSpan News = TimeSpan.FromDays(OutboxStore.KeptDays - 1);

    /// <summary>Disables a webhook as it was read, unless it is another by now.</summary>
    public async Task DisableAsync(Webhook webhook, string reason, CancellationToken cancellationToken)
    {
        if (await webhooks.TryDisableAsync(webhook, reason, cancellationToken) is not { } disabled)
            return;
        log.WebhookDisabled(webhook.Name, reason);
        await TellAsync(disabled, cancellationToken);
    }

    /// <summary>Tells what a crash left out.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        await foreach (var webhook in webhooks.AllAsync(cancellationToken).Where(w => time.GetUtcNow() - w.DisabledAt < News).WithCancellation(cancellationToken))
            await TellAsync(webhook, cancellationToken);
    }

    private async Task TellAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var at = webhook.DisabledAt!.Value;
        var id = $"{webhook.Name}.disabled.{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture)}";
        await outbox.RecordAsync(outgoing.OfWebhook(webhook.Name, EventTypes.WebhookDisabled, id, at, new WebhookDisabled(webhook.Name, webhook.DisabledBecause!)), cancellationToken);
        news.Wake();
    }
}
