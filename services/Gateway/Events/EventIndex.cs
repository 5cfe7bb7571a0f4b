using System.Buffers.Text;
using System.Text;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Events;

/// <summary>Lists events, newest first by receipt. Events that come meanwhile do not shift the next page.</summary>
internal sealed class EventIndex(IObjectStore store, EventStore events)
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
        foreach (var day in await DaysAsync(after, cancellationToken))
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

    // From one day to the next by starting after all that a day can hold, so that as much is listed as there are days and not events.
    private async Task<IReadOnlyList<string>> DaysAsync(string? after, CancellationToken cancellationToken)
    {
        var days = new List<string>();
        string? start = null;
        while (await store.ListAsync(EventPaths.Index, start, cancellationToken).FirstOrDefaultAsync(cancellationToken) is { } entry)
        {
            var day = entry[..(entry.LastIndexOf('/') + 1)];
            if (after is not null && string.CompareOrdinal(day, after) > 0)
                break;
            days.Add(day);
            start = day + "~";
        }
        days.Reverse();
        return days;
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
