using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Tries one delivery when it is due. That a try is begun is written down before anything is sent, so that two never send the same at once.</summary>
internal sealed class DeliveryProgress(WebhookStore webhooks, DeliveryStore deliveries, WebhookPoster poster, DisabledWebhooks disabled, IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int MostOutcomes = 20;

    /// <summary>One look; returns when the next is worth while, or null when the delivery has come to its end.</summary>
    public async Task<DateTimeOffset?> AdvanceAsync(string name, string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await deliveries.FindAsync(name, id, cancellationToken) is not var (delivery, version))
            // Whoever makes it may be between the mark and the document; the event is offered again until it is there.
            return DeliveryPaths.TimeOf(id) < now.AddDays(-1) ? await EndAsync(name, id, cancellationToken) : now.AddMinutes(1);
        if (delivery.State != Delivery.Waiting || await webhooks.ReadAsync(name, cancellationToken) is not var (webhook, _) || webhook.DeletedAt is not null)
            return await EndAsync(name, id, cancellationToken);
        if (webhook.DisabledAt is not null)
            return now.AddMinutes(1);
        if (delivery.NextAt > now)
            return delivery.NextAt;
        var timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        var begun = delivery with { Tries = delivery.Tries + 1, NextAt = now + timeout + timeout };
        if (await deliveries.TryWriteAsync(begun, version, cancellationToken) is not { } begunVersion)
            return now;
        var (outcome, asked) = await poster.PostAsync(webhook, delivery.Event, cancellationToken);
        var wait = outcome.Error is null || outcome.Status == StatusCodes.Status410Gone
            ? null
            : RetrySchedule.After(WebhookListsValidator.Retries(options.Value), begun.Tries, asked, Random.Shared.NextDouble());
        var next = begun with
        {
            State = outcome.Error is null ? Delivery.Delivered : wait is null ? Delivery.Failed : Delivery.Waiting,
            NextAt = time.GetUtcNow() + wait,
            Outcomes = [.. begun.Outcomes.Append(outcome).TakeLast(MostOutcomes)],
        };
        OutgoingTelemetry.Delivered(next.State);
        // First, so that a crash in between costs one more try and not the news of it.
        if (next.State == Delivery.Failed)
            await disabled.DisableAsync(webhook, outcome.Error!, cancellationToken);
        if (await deliveries.TryWriteAsync(next, begunVersion, cancellationToken) is null)
            // Somebody asked for another try meanwhile: the delivery and its mark stay as they are wanted.
            return time.GetUtcNow();
        return next.State == Delivery.Waiting ? next.NextAt : await EndAsync(name, id, cancellationToken);
    }

    private async Task<DateTimeOffset?> EndAsync(string name, string id, CancellationToken cancellationToken)
    {
        await deliveries.CloseAsync(name, id, cancellationToken);
        // Somebody may have asked for another try, and counted on the mark.
        if (await deliveries.FindAsync(name, id, cancellationToken) is not var (delivery, _) || delivery.State != Delivery.Waiting)
            return null;
        if (await webhooks.ReadAsync(name, cancellationToken) is not var (webhook, _) || webhook.DeletedAt is not null)
            return null;
        await deliveries.OpenAsync(name, id, cancellationToken);
        return time.GetUtcNow();
    }
}
