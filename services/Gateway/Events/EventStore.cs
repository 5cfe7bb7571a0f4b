using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Events;

/// <summary>Published events as documents. An event is taken in when its document is durable, and not before.</summary>
/// <remarks>
/// The mark comes first: a crash between the two leaves a mark without an event, which a sweep takes away, and never an event that no sweep knows of.
/// </remarks>
internal sealed class EventStore(IObjectStore store)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Takes an event in; returns what is stored, which is an earlier one when source and id were there.</summary>
    public async Task<PublishedEvent> ReceiveAsync(PublishedEvent received, CancellationToken cancellationToken)
    {
        var path = EventPaths.Event(received.EventKey);
        if (await store.ReadAsync<PublishedEvent>(path, cancellationToken) is { } known)
        {
            // Whoever wrote the event may have been held up so long that its mark was given up, and have died then: the publisher was not answered, and repeats.
            if (!EventStates.IsFinal(known.State))
                await store.TryCreateAsync(EventPaths.Mark(known.EventKey), Empty, cancellationToken);
            return known;
        }
        await store.WriteAsync(EventPaths.Mark(received.EventKey), Empty, cancellationToken);
        var stored = await store.TryCreateAsync(path, Documents.Write(received), cancellationToken) ? received : (await store.ReadAsync<PublishedEvent>(path, cancellationToken))!;
        await EnterAsync(stored, cancellationToken);
        return stored;
    }

    /// <summary>An event and the version of its document; null when there is none.</summary>
    public async Task<(PublishedEvent Event, string Version)?> FindAsync(string eventKey, CancellationToken cancellationToken) =>
        await store.ReadAsync(EventPaths.Event(eventKey), cancellationToken) is { } stored
            ? (Documents.Read<PublishedEvent>(EventPaths.Event(eventKey), stored), stored.Version)
            : null;

    /// <summary>Moves an event on; false when somebody else has moved it since it was read.</summary>
    public async Task<bool> TryMoveAsync(PublishedEvent moved, string version, CancellationToken cancellationToken) =>
        await store.TryReplaceAsync(EventPaths.Event(moved.EventKey), Documents.Write(moved with { Nonce = Guid.NewGuid().ToString("N") }), version, cancellationToken) is not null;

    /// <summary>Keys of the events that have not come to their end, or whose end was not noted.</summary>
    public async IAsyncEnumerable<string> PendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(EventPaths.Pending, cancellationToken))
            yield return EventPaths.EventOfMark(path);
    }

    /// <summary>Notes that an event has come to its end.</summary>
    public async Task CloseAsync(PublishedEvent ended, CancellationToken cancellationToken)
    {
        await EnterAsync(ended, cancellationToken);
        await store.DeleteAsync(EventPaths.Mark(ended.EventKey), cancellationToken);
    }

    /// <summary>Takes a mark away whose event was never written; when the event comes at this moment the mark is put back.</summary>
    public async Task ForgetMarkAsync(string eventKey, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(EventPaths.Mark(eventKey), cancellationToken);
        if (await FindAsync(eventKey, cancellationToken) is not null)
            await store.WriteAsync(EventPaths.Mark(eventKey), Empty, cancellationToken);
    }

    // Named by what the document says, so that whoever makes up for a crash enters it where it belongs.
    private Task EnterAsync(PublishedEvent stored, CancellationToken cancellationToken) =>
        store.TryCreateAsync(EventPaths.Entry(stored.ReceivedAt, stored.EventKey), Empty, cancellationToken);
}
