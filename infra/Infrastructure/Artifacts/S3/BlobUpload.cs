using SparsePipeline.Infrastructure.Collection;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>
/// Brings a blob into the bucket; what is there already, whole, is not sent again, only made young when it is old, so that no collection takes it.
/// </summary>
internal sealed class BlobUpload(S3Bucket bucket, CollectionNotice collections, TimeProvider time)
{
    /// <summary>Returns when the blob is there, whole and safe from collections.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="file">Its content.</param>
    /// <param name="length">Bytes of the file.</param>
    /// <param name="cancellationToken">Gives up; the bucket has the whole blob or none.</param>
    public async Task RunAsync(string key, string file, long length, CancellationToken cancellationToken)
    {
        var (isYoung, isWhole) = (false, false);
        for (var tries = new ConditionalTries(key); ; await tries.FailedAsync(cancellationToken))
        {
            var stored = await bucket.StatAsync(key, cancellationToken);
            isWhole = isWhole || (stored is not null && stored.Length == length && await BlobSameness.IsSameAsync(bucket, stored, file, cancellationToken));
            if (stored is not null && isWhole)
            {
                if (isYoung || time.GetUtcNow() - stored.Modified < BlobKeys.Young)
                    return;
                await KeepAsync(stored, cancellationToken);
                isYoung = true;
                continue;
            }
            // One of another size or content is damaged and is replaced by what it should be.
            var condition = stored is null ? S3Condition.Absent : S3Condition.None;
            var put = await bucket.PutAsync(key, guard => new FileContent(file, length, guard), condition, cancellationToken);
            if (put.ETag is not null)
                return;
            // Somebody else was faster, or our own first try was: look at what is there.
        }
    }

    // A collection may have looked before it was made young and delete it yet: after that it is looked for again, and sent if it is gone.
    private async Task KeepAsync(S3Entry stored, CancellationToken cancellationToken)
    {
        await bucket.RefreshAsync(stored.Key, cancellationToken);
        await collections.WaitAsync(cancellationToken);
    }
}
