using System.Runtime.CompilerServices;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Runs.Scale;

/// <summary>Counts what is asked of a store; a listing costs a request per thousand keys, as it does of a bucket.</summary>
internal sealed class CountingStore(IObjectStore store) : IObjectStore
{
    private const int KeysPerRequest = 1000;
    private long _requests;

    /// <summary>Requests since the last look.</summary>
    public long Take() => Interlocked.Exchange(ref _requests, 0);

    public Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken) => Count(store.ReadAsync(key, cancellationToken));

    public Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Count(store.TryCreateAsync(key, content, cancellationToken));

    public Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken) =>
        Count(store.TryReplaceAsync(key, content, version, cancellationToken));

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Count(store.WriteAsync(key, content, cancellationToken));

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => Count(store.DeleteAsync(key, cancellationToken));

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => ListAsync(prefix, startAfter: null, cancellationToken);

    public async IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = 0;
        Interlocked.Increment(ref _requests);
        await foreach (var key in store.ListAsync(prefix, startAfter, cancellationToken))
        {
            if (++keys % KeysPerRequest == 0)
                Interlocked.Increment(ref _requests);
            yield return key;
        }
    }

    private T Count<T>(T request)
    {
        Interlocked.Increment(ref _requests);
        return request;
    }
}
