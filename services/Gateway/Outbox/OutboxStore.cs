using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Outgoing events as documents, and marks of those that not everybody has been told of.</summary>
/// <remarks>The mark comes first: a crash between the two leaves a mark without an event, which is taken away, and never an event that nobody tells.</remarks>
internal sealed class OutboxStore(IObjectStore store, TimeProvider time)
{
    /// <summary>Days that told events are kept.</summary>
    public const int KeptDays = 7;

    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(1);
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>Writes an event down unless it is there.</summary>
    public async Task RecordAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        var path = OutboxPaths.Event(outgoing.EventKey);
        if (await store.ReadAsync(path, cancellationToken) is not null)
            return;
        var start = time.GetTimestamp();
        await store.WriteAsync(OutboxPaths.Mark(outgoing.EventKey), Empty, cancellationToken);
        // Whoever was held up in between may find that its mark was given up meanwhile.
        if (await store.TryCreateAsync(path, Documents.Write(outgoing), cancellationToken) && time.GetElapsedTime(start) > Slow)
            await store.WriteAsync(OutboxPaths.Mark(outgoing.EventKey), Empty, cancellationToken);
    }

    /// <summary>An event; null when there is none.</summary>
    public Task<OutgoingEvent?> FindAsync(string eventKey, CancellationToken cancellationToken) => store.ReadAsync<OutgoingEvent>(OutboxPaths.Event(eventKey), cancellationToken);

    /// <summary>Keys of events that not everybody has been told of.</summary>
    public async IAsyncEnumerable<string> PendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(OutboxPaths.Pending, cancellationToken))
            yield return OutboxPaths.NameOf(path);
    }

    /// <summary>Notes that everybody has been told.</summary>
    public async Task CloseAsync(string eventKey, CancellationToken cancellationToken)
    {
        await store.TryCreateAsync(OutboxPaths.ToldOn(Today, eventKey), Empty, cancellationToken);
        await store.DeleteAsync(OutboxPaths.Mark(eventKey), cancellationToken);
    }

    /// <summary>Takes a mark away whose event was never written; when the event comes at this moment the mark is put back.</summary>
    public async Task ForgetMarkAsync(string eventKey, CancellationToken cancellationToken)
    {
        await store.DeleteAsync(OutboxPaths.Mark(eventKey), cancellationToken);
        if (await store.ReadAsync(OutboxPaths.Event(eventKey), cancellationToken) is not null)
            await store.WriteAsync(OutboxPaths.Mark(eventKey), Empty, cancellationToken);
    }

    /// <summary>Deletes events that were told long enough ago.</summary>
    /// <param name="isWanted">Whether somebody is still to get an event, which then stays for as long again.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task CollectAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        await foreach (var entry in store.ListAsync(OutboxPaths.Told, cancellationToken))
        {
            if (OutboxPaths.DayOf(entry) is not { } day)
                continue;
            // They come by day, oldest first.
            if (day.AddDays(KeptDays) >= Today)
                return;
            var eventKey = OutboxPaths.NameOf(entry);
            if (isWanted(eventKey))
                await store.TryCreateAsync(OutboxPaths.ToldOn(Today, eventKey), Empty, cancellationToken);
            else
                await store.DeleteAsync(OutboxPaths.Event(eventKey), cancellationToken);
            await store.DeleteAsync(entry, cancellationToken);
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
