using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Gateway.Tests.Webhooks;

/// <summary>A store with which something happens, or goes wrong, right before a document is created, replaced or deleted.</summary>
/// <param name="store">The store.</param>
/// <param name="before">Told the key and the new content, which is empty for a deletion.</param>
internal sealed class DisturbedStore(IObjectStore store, Func<string, ReadOnlyMemory<byte>, Task> before) : IObjectStore
{
    public Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken) => store.ReadAsync(key, cancellationToken);

    public async Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await before(key, content);
        return await store.TryCreateAsync(key, content, cancellationToken);
    }

    public async Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken)
    {
        await before(key, content);
        return await store.TryReplaceAsync(key, content, version, cancellationToken);
    }

    public async Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await before(key, content);
        await store.WriteAsync(key, content, cancellationToken);
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        await before(key, default);
        await store.DeleteAsync(key, cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken) => store.ListAsync(prefix, startAfter, cancellationToken);
}
