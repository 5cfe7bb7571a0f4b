using SparsePipeline.Infrastructure.Collection;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Multipart uploads that are still open in the bucket.</summary>
internal sealed class S3UnfinishedUploads(S3Bucket bucket) : IUnfinishedUploads
{
    /// <inheritdoc />
    public async Task<long> AbortAsync(DateTimeOffset before, bool dryRun, CancellationToken cancellationToken)
    {
        var old = (await bucket.ListUploadsAsync(cancellationToken)).Where(u => u.Modified < before).Select(u => u.Key).Distinct().ToArray();
        foreach (var key in dryRun ? [] : old)
            await bucket.AbortUploadsAsync(key, cancellationToken);
        return old.Length;
    }
}
