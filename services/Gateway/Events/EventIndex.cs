using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Events;

/// <summary>Lists events, newest first by receipt. Events that come meanwhile do not shift the next page.</summary>
internal sealed class EventIndex(IObjectStore store, EventStore events, TimeProvider time)
{
    private const int ReadsAtOnce = 32;

    /// <summary>A page.</summary>
    /// <param name="limit">Most events on it.</param>
    /// <param name="cursor">What the page before answered; null begins at the newest.</param>
    /// <param name="wants">Which events are listed.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RefusedRequestException">400: the cursor is none.</exception>
    public async Task<Page<PublishedEvent>> PageAsync(int limit, string? cursor, Func<PublishedEvent, bool> wants, CancellationToken cancellationToken)
    {
        var after = cursor is null ? null : Read(cursor);
        var found = new List<PublishedEvent>();
        string? last = null;
        await foreach (var day in DaysAsync(after, cancellationToken))
        {
            var entries = (await store.ListAsync(day, cancellationToken).ToListAsync(cancellationToken)).Where(e => after is null || string.CompareOrdinal(e, after) < 0);
            foreach (var batch in entries.Reverse().Chunk(Math.Max(limit, ReadsAtOnce)))
            {
                var read = await ReadAsync(batch, cancellationToken);
                for (var i = 0; i < batch.Length; i++)
                {
                    if (read[i] is not { } one || !wants(one))
                        continue;
                    if (found.Count == limit)
                        return new Page<PublishedEvent>(found, Text(last!));
                    found.Add(one);
                    last = batch[i];
                }
            }
        }
        return new Page<PublishedEvent>(found, Next: null);
    }

    // Newest first, down to the first day there is. A day is listed when the page has room for it; one without events costs a listing that finds nothing.
    private async IAsyncEnumerable<string> DaysAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.ListAsync(EventPaths.Index, cancellationToken).FirstOrDefaultAsync(cancellationToken) is not { } oldest || EventPaths.ReadEntry(oldest) is not var (first, _))
            yield break;
        // Another gateway's clock may be ahead of ours.
        var tomorrow = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        for (var day = after is not null && EventPaths.ReadEntry(after) is var (last, _) && last < tomorrow ? last : tomorrow; day >= first; day = day.AddDays(-1))
            yield return EventPaths.Day(day);
    }

    private async Task<PublishedEvent?[]> ReadAsync(string[] entries, CancellationToken cancellationToken)
    {
        var read = new PublishedEvent?[entries.Length];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, entries.Length, limit, async (i, token) =>
            read[i] = EventPaths.ReadEntry(entries[i]) is var (_, eventKey) ? (await events.FindAsync(eventKey, token))?.Event : null);
        return read;
    }

    private static string Text(string entry) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(entry));

    private static string Read(string cursor)
    {
        try
        {
            if (Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is var entry && EventPaths.ReadEntry(entry) is not null)
                return entry;
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw RefusedRequestException.Of(StatusCodes.Status400BadRequest, "invalid-query", "cursor is none.", "Copy next of the page before, or leave it out to begin.", "cursor");
    }
}
