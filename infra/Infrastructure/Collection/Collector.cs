using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>Deletes blobs that nothing refers to and that are older than the grace period.</summary>
/// <remarks>
/// Safe beside running workers: what they have stored and not yet recorded is young; storing a blob again makes it young; and
/// <see cref="CollectionNotice"/> covers the moment between looking and deleting. References are read before blobs are listed, and no document
/// hands its references to another and vanishes, so none can slip past the reading. Memory grows with the number of references only.
/// </remarks>
public sealed class Collector(
    IObjectStore documents,
    IArtifactStore artifacts,
    CollectionNotice notice,
    IUnfinishedUploads uploads,
    IOptions<CollectionOptions> options,
    TimeProvider time)
{
    private readonly ReferenceWalk _walk = new(documents);
    private readonly TimeSpan _grace = TimeSpan.FromHours(options.Value.GraceHours);

    /// <summary>Looks at everything; deletes unless it is a dry run.</summary>
    /// <param name="dryRun">Change nothing.</param>
    /// <param name="found">Told of every blob that is deleted, or would be.</param>
    /// <param name="cancellationToken">Stops; what is not deleted yet stays.</param>
    /// <exception cref="Contracts.DomainException">Another collection is deleting.</exception>
    public async Task<CollectionReport> CollectAsync(bool dryRun, IProgress<StoredBlob>? found, CancellationToken cancellationToken)
    {
        if (dryRun)
            return await RunAsync(dryRun, found, cancellationToken);
        await notice.BeginAsync(cancellationToken);
        try
        {
            return await RunAsync(dryRun, found, cancellationToken);
        }
        finally
        {
            await notice.EndAsync();
        }
    }

    private async Task<CollectionReport> RunAsync(bool dryRun, IProgress<StoredBlob>? found, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - _grace;
        var (references, read, forgotten) = await _walk.RunAsync(dryRun, before, cancellationToken);
        var report = new CollectionReport(dryRun, read, default, default, default, forgotten, Aborted: 0);
        await foreach (var blob in artifacts.ListAsync(cancellationToken))
        {
            if (references.Contains(blob.Digest))
                report = report with { Referenced = report.Referenced.With(blob) };
            else if (!await TryDeleteAsync(blob, before, dryRun, cancellationToken))
                report = report with { Young = report.Young.With(blob) };
            else
            {
                report = report with { Deleted = report.Deleted.With(blob) };
                found?.Report(blob);
            }
        }
        return report with { Aborted = await uploads.AbortAsync(before, dryRun, cancellationToken) };
    }

    private async Task<bool> TryDeleteAsync(StoredBlob blob, DateTimeOffset before, bool dryRun, CancellationToken cancellationToken)
    {
        if (blob.StoredAt >= before || dryRun)
            return blob.StoredAt < before;
        await notice.RenewAsync(cancellationToken);
        return await artifacts.DeleteIfOlderAsync(blob.Digest, before, cancellationToken);
    }
}
