using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>What was told about runs, as documents, and marks of those whose end was not.</summary>
internal sealed class RunCursors(IObjectStore store)
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>What was told about a run, and the version of that; no version when nothing was.</summary>
    public async Task<(RunCursor Cursor, string? Version)> ReadAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(OutboxPaths.Run(runId), cancellationToken) is { } stored ? (Documents.Read<RunCursor>(OutboxPaths.Run(runId), stored), stored.Version) : (new RunCursor(), null);

    /// <summary>Writes down what was told; null when somebody else has since it was read.</summary>
    public async Task<string?> TryWriteAsync(string runId, RunCursor cursor, string? version, CancellationToken cancellationToken)
    {
        var (path, content) = (OutboxPaths.Run(runId), Documents.Write(cursor with { Nonce = Guid.NewGuid().ToString("N") }));
        if (version is not null)
            return await store.TryReplaceAsync(path, content, version, cancellationToken);
        return await store.TryCreateAsync(path, content, cancellationToken) ? (await store.ReadAsync(path, cancellationToken))?.Version : null;
    }

    /// <summary>Notes that the end of a run is still to be told.</summary>
    public Task OpenAsync(string runId, CancellationToken cancellationToken) => store.TryCreateAsync(OutboxPaths.OpenRun(runId), Empty, cancellationToken);

    /// <summary>Notes that it was told.</summary>
    public Task CloseAsync(string runId, CancellationToken cancellationToken) => store.DeleteAsync(OutboxPaths.OpenRun(runId), cancellationToken);

    /// <summary>Runs whose end is still to be told.</summary>
    public IAsyncEnumerable<string> OpenAsync(CancellationToken cancellationToken) => store.ListAsync(OutboxPaths.Open, cancellationToken).Select(OutboxPaths.NameOf);

    /// <summary>The day before which every run was looked at; null when nobody ever looked.</summary>
    public async Task<DateOnly?> ReadDayAsync(CancellationToken cancellationToken) => (await store.ReadAsync<IndexedDays>(OutboxPaths.Days, cancellationToken))?.From;

    /// <summary>Moves that day on.</summary>
    public Task WriteDayAsync(DateOnly day, CancellationToken cancellationToken) => store.WriteAsync(OutboxPaths.Days, Documents.Write(new IndexedDays(day)), cancellationToken);
}
