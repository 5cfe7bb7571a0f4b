using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Outbox;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Webhooks;

/// <summary>Deliveries as documents, and marks of those that have not come to their end.</summary>
internal sealed class DeliveryStore(IObjectStore store, TimeProvider time)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Makes the delivery of an event to a webhook unless there is one. The mark comes first, so that no delivery is without one.</summary>
    public async Task MakeAsync(string webhook, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var id = DeliveryPaths.IdOf(outgoing);
        if (await store.ReadAsync(DeliveryPaths.Delivery(webhook, id), cancellationToken) is not null)
            return;
        var delivery = new Delivery
        {
            Id = id,
            Webhook = webhook,
            Event = outgoing,
            State = Delivery.Waiting,
            NextAt = time.GetUtcNow(),
            Nonce = Guid.NewGuid().ToString("N"),
        };
        await store.TryCreateAsync(DeliveryPaths.Mark(webhook, id), Empty, cancellationToken);
        await store.TryCreateAsync(DeliveryPaths.Delivery(webhook, id), Documents.Write(delivery), cancellationToken);
    }

    /// <summary>A delivery and the version of its document; null when there is none.</summary>
    public async Task<(Delivery Delivery, string Version)?> FindAsync(string webhook, string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(DeliveryPaths.Delivery(webhook, id), cancellationToken) is { } stored
            ? (Documents.Read<Delivery>(DeliveryPaths.Delivery(webhook, id), stored), stored.Version)
            : null;

    /// <summary>Writes a delivery in place of a version; null when it is another by now.</summary>
    public Task<string?> TryWriteAsync(Delivery delivery, string version, CancellationToken cancellationToken) => store.TryReplaceAsync(
        DeliveryPaths.Delivery(delivery.Webhook, delivery.Id), Documents.Write(delivery with { Nonce = Guid.NewGuid().ToString("N") }), version, cancellationToken);

    /// <summary>Marked deliveries.</summary>
    public async Task<IReadOnlyList<(string Webhook, string Id)>> DueAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(DeliveryPaths.Due, cancellationToken).ToListAsync(cancellationToken)).Select(DeliveryPaths.ReadMark)];

    /// <summary>Writes a delivery that is to be tried again in place of a version, with its mark; false when it is another by now.</summary>
    public async Task<bool> TryReopenAsync(Delivery delivery, string version, CancellationToken cancellationToken)
    {
        // The mark first, so that none waits without one.
        await OpenAsync(delivery.Webhook, delivery.Id, cancellationToken);
        if (await TryWriteAsync(delivery, version, cancellationToken) is null)
            return false;
        // And again: whoever sends takes away the mark of one that has come to its end, and may have seen this one before it was written.
        await OpenAsync(delivery.Webhook, delivery.Id, cancellationToken);
        return true;
    }

    /// <summary>Notes that a delivery has not come to its end after all.</summary>
    public Task OpenAsync(string webhook, string id, CancellationToken cancellationToken) => store.TryCreateAsync(DeliveryPaths.Mark(webhook, id), Empty, cancellationToken);

    /// <summary>Notes that a delivery has come to its end.</summary>
    public Task CloseAsync(string webhook, string id, CancellationToken cancellationToken) => store.DeleteAsync(DeliveryPaths.Mark(webhook, id), cancellationToken);

    /// <summary>Ids of a webhook's deliveries, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string webhook, CancellationToken cancellationToken)
    {
        var ids = await store.ListAsync(DeliveryPaths.All(webhook), cancellationToken).Select(OutboxPaths.NameOf).ToListAsync(cancellationToken);
        ids.Reverse();
        return ids;
    }

    /// <summary>Deletes a webhook's deliveries of events from before a time, whatever came of them.</summary>
    public async Task CollectAsync(string webhook, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(DeliveryPaths.All(webhook), cancellationToken))
        {
            var id = OutboxPaths.NameOf(path);
            // They come in the order of their events.
            if (DeliveryPaths.TimeOf(id) >= before)
                return;
            await CloseAsync(webhook, id, cancellationToken);
            await store.DeleteAsync(path, cancellationToken);
        }
    }
}
