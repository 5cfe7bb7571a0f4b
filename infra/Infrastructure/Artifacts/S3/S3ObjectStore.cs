using System.Runtime.CompilerServices;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Documents as objects of a bucket, under the keys they have in a folder; a version is the server's ETag.</summary>
/// <remarks>Needs a server that honours <c>If-None-Match: *</c> and <c>If-Match</c> on writes and is consistent after them.</remarks>
public sealed class S3ObjectStore(S3Bucket bucket) : IObjectStore
{
    /// <inheritdoc />
    public Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken) =>
        bucket.GetAsync(ObjectKeys.Validate(key), ReadBodyAsync, cancellationToken);

    /// <inheritdoc />
    public async Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await PutAsync(key, content, S3Condition.Absent, cancellationToken) is not null;

    /// <inheritdoc />
    public Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken) =>
        PutAsync(key, content, S3Condition.Unchanged(version), cancellationToken);

    /// <inheritdoc />
    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        PutAsync(key, content, S3Condition.None, cancellationToken);

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken cancellationToken) => bucket.DeleteAsync(ObjectKeys.Validate(key), cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, startAfter: null, cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in bucket.ListAsync(ObjectKeys.ValidatePrefix(prefix), startAfter, cancellationToken))
        {
            if (entry.Key.EndsWith(ObjectKeys.Extension, StringComparison.Ordinal))
                yield return entry.Key;
        }
    }

    private async Task<string?> PutAsync(string key, ReadOnlyMemory<byte> content, S3Condition condition, CancellationToken cancellationToken)
    {
        ObjectKeys.ValidateContent(ObjectKeys.Validate(key), content.Length);
        var put = await bucket.PutAsync(key, _ => new ReadOnlyMemoryContent(content), condition, cancellationToken);
        if (put is not { ETag: null, Repeated: true })
            return put.ETag;
        // The first try may have been ours though its answer was lost: then what is there is what we wrote.
        var found = await ReadAsync(key, cancellationToken);
        return found is not null && found.Content.Span.SequenceEqual(content.Span) ? found.Version : null;
    }

    private static async Task<StoredObject> ReadBodyAsync(S3Download download)
    {
        if (download.Length > ObjectKeys.MaxContentBytes)
            throw new InvalidDataException($"A document has {download.Length} bytes; at most {ObjectKeys.MaxContentBytes} are allowed.");
        var content = new byte[download.Length];
        await download.Body.ReadExactlyAsync(content, download.Guard.Token);
        return new StoredObject(content, download.ETag);
    }
}
