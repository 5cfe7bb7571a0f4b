using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Access;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Events;

/// <summary>Takes events in: durable first, answered then, worked on later.</summary>
internal sealed class EventIntake(EventStore events, EventSignals signals, TimeProvider time)
{
    private const string TagPrefix = "ce-";

    /// <summary>Stores an event of somebody with a key unless it is known; returns what is stored and whether it was new.</summary>
    /// <exception cref="RefusedRequestException">400: its data are wrong; 403: the key is for other models; 409: source and id were used for other data.</exception>
    public Task<(PublishedEvent Event, bool IsNew)> ReceiveAsync(CloudEvent cloudEvent, AccessKey key, CancellationToken cancellationToken)
    {
        var data = EventDataReader.Read(cloudEvent.Data);
        Caller.EnsureMayPublish(key, data.Model);
        return StoreAsync(cloudEvent, data, key.KeyId, cancellationToken);
    }

    /// <summary>The same for what came through a hook.</summary>
    /// <exception cref="RefusedRequestException">400: its data are wrong; 409: the id was used for other data.</exception>
    public Task<(PublishedEvent Event, bool IsNew)> ReceiveAsync(CloudEvent cloudEvent, string keyId, CancellationToken cancellationToken) =>
        StoreAsync(cloudEvent, EventDataReader.Read(cloudEvent.Data), keyId, cancellationToken);

    private async Task<(PublishedEvent Event, bool IsNew)> StoreAsync(CloudEvent cloudEvent, CheckpointPublished data, string keyId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var received = new PublishedEvent
        {
            EventKey = EventPaths.KeyOf(cloudEvent.Source, cloudEvent.Id),
            Source = cloudEvent.Source,
            Id = cloudEvent.Id,
            Subject = cloudEvent.Subject,
            // A clock that is ahead must not make an event newer than all that follow.
            Time = cloudEvent.Time is { } said && said > now ? now : cloudEvent.Time,
            TraceParent = cloudEvent.TraceParent,
            PartitionKey = cloudEvent.PartitionKey,
            Data = data with { Tags = TagsOf(data, cloudEvent) },
            DataDigest = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(data))),
            ReceivedAt = now,
            PublishedBy = keyId,
            State = EventStates.Accepted,
            Nonce = Guid.NewGuid().ToString("N"),
        };
        var stored = await events.ReceiveAsync(received, cancellationToken);
        GatewayTelemetry.EventCame(EventTypes.CheckpointPublished, stored.DataDigest != received.DataDigest ? "conflict" : stored.Nonce == received.Nonce ? EventStates.Accepted : "duplicate");
        if (stored.DataDigest != received.DataDigest)
            throw RefusedRequestException.Of(
                StatusCodes.Status409Conflict, "event-conflict", "An event of this source and id has been published with other data.", "Give every event an id of its own.", "id");
        signals.SweepSoon();
        return (stored, stored.Nonce == received.Nonce);
    }

    private static SortedDictionary<string, string>? TagsOf(CheckpointPublished data, CloudEvent cloudEvent)
    {
        if (cloudEvent.Extensions.Count == 0)
            return data.Tags is null ? null : new SortedDictionary<string, string>(data.Tags.ToDictionary(), StringComparer.Ordinal);
        var tags = new SortedDictionary<string, string>(data.Tags?.ToDictionary() ?? [], StringComparer.Ordinal);
        foreach (var (name, value) in cloudEvent.Extensions)
            tags[TagPrefix + name] = value;
        return tags;
    }
}
