using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Results that are no JSON of a result: they count as missing, and what is in their place is kept under <c>steps/{key}/damaged/</c>.</summary>
/// <remarks>
/// Whoever only looks changes nothing. They are set aside when the step was computed again, when its run is started again, or by
/// <c>sparsepipe repair</c>.
/// </remarks>
public sealed class DamagedResults(IObjectStore store, ILogger<DamagedResults> log)
{
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>Steps whose results this process found damaged and did not set aside.</summary>
    public IReadOnlyCollection<string> Seen => [.. _seen.Keys];

    /// <summary>The result; null when there is none or it is damaged.</summary>
    internal async Task<StepResult?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await store.ReadAsync(StepPaths.Result(key), cancellationToken) is { } document ? Read(key, document) : null;

    /// <summary>The result in a document; null when it is damaged.</summary>
    internal StepResult? Read(string key, StoredObject document)
    {
        try
        {
            return Documents.Read<StepResult>(StepPaths.Result(key), document);
        }
        catch (DomainException damaged)
        {
            if (_seen.TryAdd(key, true))
                log.ResultDamaged(key, damaged.Failure.Reason);
            return null;
        }
    }

    /// <summary>Keeps the bytes of a damaged result under another name.</summary>
    internal async Task KeepAsync(string key, StoredObject document, CancellationToken cancellationToken)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(document.Content.Span))[..12];
        await store.TryCreateAsync(StepPaths.Damaged(key, digest), document.Content, cancellationToken);
        _seen.TryRemove(key, out _);
        log.ResultSetAside(key, StepPaths.Damaged(key, digest));
    }

    /// <summary>Sets a damaged result aside so that the step has none; false when it is not damaged any more.</summary>
    public async Task<bool> SetAsideAsync(string key, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(StepPaths.Result(key), cancellationToken) is not { } document || Read(key, document) is not null)
            return false;
        await KeepAsync(key, document, cancellationToken);
        await store.DeleteAsync(StepPaths.Result(key), cancellationToken);
        return true;
    }
}
