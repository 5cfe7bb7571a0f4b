using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Blobs as objects <c>objects/sha256/ab/abcd…</c> of a bucket, with copies on this machine.</summary>
/// <remarks>
/// One request writes a blob, so it is there whole or not at all and nothing is left of an upload that was cut off. It is hashed before it
/// goes and while it comes back. What is there already is not sent again (<see cref="BlobUpload"/>).
/// </remarks>
public sealed class S3ArtifactStore(
    S3Bucket bucket, StoreFolder folder, CollectionNotice collections, IOptions<StoreOptions> store, IOptions<S3Options> options, TimeProvider time)
    : IArtifactStore, IDisposable
{
    private const int Stripes = 64;
    private readonly BlobCache _cache = new(folder, store.Value.CacheBytes, time);
    private readonly BlobUpload _upload = new(bucket, collections, time);
    private readonly SemaphoreSlim _transfers = new(options.Value.Concurrency);
    private readonly SemaphoreSlim[] _downloads = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly long _largest = options.Value.MaxArtifactBytes;

    /// <inheritdoc />
    public Task<ArtifactRef> StoreAsync(string file, string format, CancellationToken cancellationToken)
    {
        if (new FileInfo(file) is { Exists: true, Length: var length })
            RefuseTooLarge($"The file '{file}'", length);
        return Task.Run(() => TakeAsync(file, format, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public Task<string> FetchAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        BlobKeys.Validate(artifact.Digest);
        RefuseTooLarge($"The artifact {artifact.Digest}", artifact.SizeBytes);
        return Task.Run(() => FindOrDownloadAsync(artifact, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in bucket.ListAsync(BlobKeys.All, cancellationToken))
        {
            var digest = entry.Key[(entry.Key.LastIndexOf('/') + 1)..];
            if (BlobKeys.IsDigest(digest))
                yield return new StoredBlob(digest, entry.Length, entry.Modified);
        }
    }

    /// <inheritdoc />
    public async Task<long?> SizeAsync(string digest, CancellationToken cancellationToken) =>
        (await bucket.StatAsync(BlobKeys.Of(digest), cancellationToken))?.Length;

    /// <inheritdoc />
    public Task<string?> HashAsync(string digest, CancellationToken cancellationToken)
    {
        var key = BlobKeys.Of(digest);
        return InTurnAsync<string?>(_transfers, () => bucket.GetAsync(key, BlobDownload.HashAsync, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken) =>
        await bucket.StatAsync(BlobKeys.Of(digest), cancellationToken) is not null;

    /// <inheritdoc />
    public async Task DeleteAsync(string digest, CancellationToken cancellationToken)
    {
        await bucket.DeleteAsync(BlobKeys.Of(digest), cancellationToken);
        _cache.Remove(digest);
    }

    /// <inheritdoc />
    public async Task<bool> DeleteIfOlderAsync(string digest, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (await bucket.StatAsync(BlobKeys.Of(digest), cancellationToken) is not { } stored || stored.Modified >= before)
            return false;
        await DeleteAsync(digest, cancellationToken);
        return true;
    }

    /// <inheritdoc />
    public string CreateTemporaryPath() => folder.Temporary.CreatePath();

    /// <inheritdoc />
    public void Dispose()
    {
        _transfers.Dispose();
        Array.ForEach(_downloads, d => d.Dispose());
    }

    private async Task<ArtifactRef> TakeAsync(string file, string format, CancellationToken cancellationToken)
    {
        var aside = StoreErrors.Map(folder.Root, () => folder.Temporary.TakeIn(file));
        try
        {
            var length = new FileInfo(aside).Length;
            var digest = BlobVerification.Hash(aside, cancellationToken);
            await InTurnAsync(_transfers, () => UploadAsync(digest, aside, length, cancellationToken), cancellationToken);
            StoreErrors.Map(folder.Root, () => _cache.Add(aside, digest));
            ArtifactTelemetry.Stored(length);
            return new ArtifactRef(digest, length, format);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private async Task<string> UploadAsync(string digest, string file, long length, CancellationToken cancellationToken)
    {
        await _upload.RunAsync(BlobKeys.Of(digest), file, length, cancellationToken);
        return digest;
    }

    private async Task<string> FindOrDownloadAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        if (_cache.Find(artifact, cancellationToken) is { } copy)
            return copy;
        // Many steps of one process want the same checkpoint at once: one of them fetches it.
        return await InTurnAsync(_downloads[Convert.ToInt32(artifact.Digest[..2], 16) % Stripes], async () =>
            _cache.Find(artifact, cancellationToken)
            ?? await InTurnAsync(_transfers, () => DownloadAsync(artifact, cancellationToken), cancellationToken), cancellationToken);
    }

    private async Task<string> DownloadAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var aside = StoreErrors.Map(folder.Root, folder.Temporary.CreatePath);
        try
        {
            await bucket.GetAsync(BlobKeys.Of(artifact.Digest), download => BlobDownload.SaveAsync(download, artifact, aside), cancellationToken);
            return File.Exists(aside) ? StoreErrors.Map(folder.Root, () => _cache.Add(aside, artifact.Digest)) : throw Missing(artifact);
        }
        catch (IOException exception) when (StoreErrors.Explain(folder.Root, exception) is not null)
        {
            throw StoreErrors.Unavailable(folder.Root, exception);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private DomainException Missing(ArtifactRef artifact) => new(
        FailureCodes.MissingArtifact,
        $"The artifact {artifact.Digest} ({artifact.Format}, {artifact.SizeBytes} bytes) is not in the bucket '{bucket.Name}'.",
        $"Restore it from a backup, or have it made again: `sparsepipe repair {artifact.Digest} --yes`.");

    private void RefuseTooLarge(string what, long bytes)
    {
        if (bytes > _largest)
        {
            throw new DomainException(
                FailureCodes.TooLarge, $"{what} has {bytes} bytes; at most {_largest} are allowed (S3:MaxArtifactBytes).",
                "Split it into shards, or raise the limit if the machines have the disk for it.");
        }
    }

    private static async Task<T> InTurnAsync<T>(SemaphoreSlim turn, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await operation();
        }
        finally
        {
            turn.Release();
        }
    }
}
