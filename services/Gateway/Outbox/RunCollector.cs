using System.Collections.Concurrent;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Turns what is committed about runs into events: at once where the bus says that something happened, soon where only the store knows it.</summary>
/// <remarks>
/// Looked at are runs that the bus named, those that are active, those of the index from the day on up to which it was looked through, and those whose
/// end was not told when some gateway looked last. One gateway at a time does so; two would tell the same.
/// </remarks>
internal sealed class RunCollector(
    IRunStore runs, RunIndex index, RunFacts facts, RunCursors cursors, OutboxStore outbox, RunNews news, TimeProvider time, ILogger<RunCollector> log)
{
    private const int AtOnce = 4;
    private const int MostKnown = 100_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, OpenRun> _open = new(StringComparer.Ordinal);

    // Runs whose end was told.
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private long? _indexedAt;

    /// <summary>Forgets everything, also what the bus said: another gateway looks.</summary>
    public void Forget()
    {
        _ = news.Take();
        _open.Clear();
        _told.Clear();
        _indexedAt = null;
    }

    /// <summary>One look.</summary>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        var due = news.Take().ToHashSet(StringComparer.Ordinal);
        var active = (await runs.ListActiveAsync(cancellationToken).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        // One that ended and is active again goes on.
        due.UnionWith(active.Where(runId => !_open.ContainsKey(runId)));
        due.UnionWith(_open.Where(o => (o.Value.WasActive && !active.Contains(o.Key)) || time.GetElapsedTime(o.Value.LookedAt) > Rest).Select(o => o.Key));
        var indexed = _indexedAt is not { } at || time.GetElapsedTime(at) > Rest;
        var first = indexed ? await FindAsync(due, cancellationToken) : default;
        var failed = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (runId, token) =>
        {
            if (!await TryLookAsync(runId, active.Contains(runId), token))
                Interlocked.Increment(ref failed);
        });
        if (indexed && failed == 0)
        {
            _indexedAt = time.GetTimestamp();
            if (first != Yesterday)
                await cursors.WriteDayAsync(Yesterday, cancellationToken);
        }
    }

    // Submitters' clocks may be behind or ahead by a day.
    private DateOnly Yesterday => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);

    // Returns the day from which the index was looked through.
    private async Task<DateOnly?> FindAsync(HashSet<string> due, CancellationToken cancellationToken)
    {
        due.UnionWith((await cursors.OpenAsync(cancellationToken).ToListAsync(cancellationToken)).Where(runId => !_open.ContainsKey(runId)));
        var from = await cursors.ReadDayAsync(cancellationToken);
        for (var day = from < Yesterday ? from.Value : Yesterday; day <= Yesterday.AddDays(2); day = day.AddDays(1))
            due.UnionWith((await index.ListAsync(day, cancellationToken).ToListAsync(cancellationToken)).Select(r => r.RunId).Where(r => !_open.ContainsKey(r) && !_told.ContainsKey(r)));
        return from;
    }

    // One run that cannot be looked at must not keep the others.
    private async Task<bool> TryLookAsync(string runId, bool isActive, CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(runId, isActive, cancellationToken);
            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.RunNotTold(runId, exception.Message);
            return false;
        }
    }

    private async Task LookAsync(string runId, bool isActive, CancellationToken cancellationToken)
    {
        var known = _open.GetValueOrDefault(runId);
        var (before, version) = known is null ? await cursors.ReadAsync(runId, cancellationToken) : (known.Cursor, known.Version);
        var (events, after) = await facts.ReadAsync(runId, before, cancellationToken);
        if (after.Told.Count == 0)
            return;
        if (after.End is null || events.Count > 0)
        {
            if (known is null)
                await cursors.OpenAsync(runId, cancellationToken);
            foreach (var one in events)
                await outbox.RecordAsync(one, cancellationToken);
        }
        if (events.Count > 0 || after.End != before.End)
        {
            version = await cursors.TryWriteAsync(runId, after, version, cancellationToken);
            if (version is null)
            {
                // Somebody else told it meanwhile: read again.
                _open.TryRemove(runId, out _);
                return;
            }
        }
        if (after.End is null)
            _open[runId] = new OpenRun(after, version, isActive, time.GetTimestamp());
        else
            await CloseAsync(runId, cancellationToken);
    }

    private async Task CloseAsync(string runId, CancellationToken cancellationToken)
    {
        await cursors.CloseAsync(runId, cancellationToken);
        _open.TryRemove(runId, out _);
        if (_told.Count >= MostKnown)
            _told.Clear();
        _told[runId] = true;
    }
}
