using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Documents of a run that are not the JSON they should be: they count as missing, and when they give way to new ones their bytes are kept under
/// <c>runs/{runId}/damaged/</c>.
/// </summary>
/// <remarks>Whoever only looks changes nothing, and says once what was found.</remarks>
internal sealed class DamagedDocuments(IObjectStore store, ILogger log)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>The record under a key; null when there is none or it is damaged.</summary>
    public async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => await store.ReadAsync(key, cancellationToken) is { } document ? Read<T>(key, document) : null;

    /// <summary>Stores the record unless there is one that can be read; returns the one that counts.</summary>
    public Task<T> CreateOrReadAsync<T>(string key, T value, CancellationToken cancellationToken)
        where T : class =>
        store.CreateOrReadAsync(key, value, document => Read<T>(key, document), document => KeepAsync(key, document, cancellationToken), cancellationToken);

    private T? Read<T>(string key, StoredObject document)
        where T : class
    {
        try
        {
            return Documents.Read<T>(key, document);
        }
        catch (DomainException damaged)
        {
            if (_seen.TryAdd(key, true))
                log.DocumentDamaged(damaged.Failure.Reason);
            return null;
        }
    }

    /// <summary>Keeps the bytes of a damaged document under another name, before it gives way.</summary>
    public async Task KeepAsync(string key, StoredObject document, CancellationToken cancellationToken)
    {
        var kept = RunPaths.Damaged(key, Convert.ToHexStringLower(SHA256.HashData(document.Content.Span))[..12]);
        await store.TryCreateAsync(kept, document.Content, cancellationToken);
        _seen.TryRemove(key, out _);
        log.DocumentSetAside(key, kept);
    }
}
