using System.IO.Enumeration;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Lists runs without looking at each: keys of the index, and one small document per run of the page.</summary>
/// <remarks>
/// Entries by state are hints that a crash may leave behind; what <c>ended.json</c> of the run says counts, and a run that is listed wrongly is left out.
/// </remarks>
public sealed class RunIndex(IObjectStore store, IRunStore runs)
{
    // Enough to hide the latency of a store over a network, few enough not to be a burden to it.
    private const int ReadsAtOnce = 32;

    /// <summary>A page of runs, newest first.</summary>
    /// <exception cref="Contracts.DomainException"><see cref="RunQuery.Page"/> is none.</exception>
    public async Task<RunPage> PageAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var wanted = await FindAsync(query, cancellationToken);
        var found = new List<ListedRun>();
        for (var next = 0; next < wanted.Count; next += query.Limit)
        {
            var batch = wanted.GetRange(next, Math.Min(query.Limit, wanted.Count - next));
            foreach (var run in await ReadAsync(batch, query.State, cancellationToken))
            {
                if (found.Count == query.Limit)
                    return new RunPage(found, PageToken.Of(found[^1].Run));
                found.Add(run);
            }
        }
        return new RunPage(found, Next: null);
    }

    /// <summary>Runs that were first submitted on a day (UTC), in the order of their entries.</summary>
    public IAsyncEnumerable<IndexedRun> ListAsync(DateOnly day, CancellationToken cancellationToken) => EntriesAsync($"{IndexPaths.Runs}{IndexPaths.Text(day)}/", cancellationToken);

    private async Task<List<IndexedRun>> FindAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var after = query.Page is { } token ? PageToken.Read(token) : null;
        var all = await ListAsync(query.State, cancellationToken);
        // A run whose time of submission was damaged may have been entered a second time, under another day.
        var wanted = all.Order().DistinctBy(run => run.RunId, StringComparer.Ordinal).Where(run =>
            (after is null || run.CompareTo(after) > 0)
            && (query.Since is not { } since || run.Day >= since)
            && (query.Until is not { } until || run.Day <= until)
            && (query.Name is not { } name || FileSystemName.MatchesSimpleExpression(name, run.Name, ignoreCase: false)));
        return [.. wanted];
    }

    private async Task<IEnumerable<IndexedRun>> ListAsync(string? state, CancellationToken cancellationToken)
    {
        if (state is null)
            return await KeysAsync(IndexPaths.Runs, cancellationToken);
        if (state != RunStates.Unfinished)
            return await KeysAsync(IndexPaths.EndedIn(state), cancellationToken);
        var ended = (await KeysAsync(IndexPaths.Ended, cancellationToken)).Select(r => r.RunId).ToHashSet(StringComparer.Ordinal);
        return (await KeysAsync(IndexPaths.Runs, cancellationToken)).Where(r => !ended.Contains(r.RunId));
    }

    private async Task<List<IndexedRun>> KeysAsync(string prefix, CancellationToken cancellationToken) => await EntriesAsync(prefix, cancellationToken).ToListAsync(cancellationToken);

    private IAsyncEnumerable<IndexedRun> EntriesAsync(string prefix, CancellationToken cancellationToken) =>
        store.ListAsync(prefix, cancellationToken).Select(IndexPaths.Read).OfType<IndexedRun>();

    private async Task<IEnumerable<ListedRun>> ReadAsync(List<IndexedRun> batch, string? state, CancellationToken cancellationToken)
    {
        var read = new ListedRun?[batch.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, batch.Count, limit, async (i, token) =>
        {
            var end = await runs.ReadEndAsync(batch[i].RunId, token);
            read[i] = state is null || (end?.State ?? RunStates.Unfinished) == state ? new ListedRun(batch[i], end) : null;
        });
        return read.OfType<ListedRun>();
    }
}
