using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Access;

/// <summary>Who may use the gateway: documents <c>keys/{keyId}.json</c>, which hold no secret.</summary>
public sealed class AccessKeys(IObjectStore store, TimeProvider time)
{
    private const string All = "keys/";
    private const string Extension = ".json";
    private const int MostKnown = 10_000;

    /// <summary>How long a key that was read is believed, and so how long a revoked one may still be used.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (AccessKey Key, long ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>Stores a new key; the token is shown to whoever asked, and kept nowhere.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: there is no such role, or it would have expired already.</exception>
    public async Task<(AccessKey Key, string Token)> CreateAsync(NewKey wanted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!AccessRoles.All.Contains(wanted.Role))
            throw new DomainException(FailureCodes.InvalidOption, $"The role '{wanted.Role}' is none.", $"Give one of {string.Join(", ", AccessRoles.All)}.");
        if (wanted.ExpiresAt <= now)
            throw new DomainException(FailureCodes.InvalidOption, $"The key would expire at {wanted.ExpiresAt:u}, which is over.", "Give a time to come, or none.");
        while (true)
        {
            var (text, token) = AccessToken.Create();
            var key = new AccessKey
            {
                KeyId = token.KeyId,
                SecretHash = token.SecretHash,
                Role = wanted.Role,
                Models = wanted.Models,
                Label = wanted.Label,
                CreatedAt = now,
                ExpiresAt = wanted.ExpiresAt,
            };
            if (await store.TryCreateAsync(PathOf(key.KeyId), Documents.Write(key), cancellationToken))
                return (key, text);
        }
    }

    /// <summary>The key that a token is of; null when there is none, the secret is another, or the key has expired or was revoked.</summary>
    public async Task<AccessKey?> FindAsync(AccessToken token, CancellationToken cancellationToken)
    {
        var key = await ReadAsync(token.KeyId, cancellationToken);
        return key is not null && token.Matches(key.SecretHash) && key.RevokedAt is null && !(key.ExpiresAt <= time.GetUtcNow()) ? key : null;
    }

    /// <summary>Whether finding the key of a token costs no look into the store.</summary>
    public bool IsKnown(AccessToken token) => Fresh(token.KeyId) is not null;

    /// <summary>Keys after one of them, or all, in the order of their ids.</summary>
    public async IAsyncEnumerable<AccessKey> ListAsync(string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(All, after is null ? null : PathOf(after), cancellationToken))
        {
            if (await store.ReadAsync<AccessKey>(path, cancellationToken) is { } key)
                yield return key;
        }
    }

    /// <summary>Revokes a key; one that was revoked stays as it is. Null when there is none.</summary>
    public async Task<AccessKey?> RevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!AccessToken.IsKeyId(keyId))
            return null;
        for (var tries = new ConditionalTries(PathOf(keyId)); await store.ReadAsync(PathOf(keyId), cancellationToken) is { } stored; await tries.FailedAsync(cancellationToken))
        {
            var key = Documents.Read<AccessKey>(PathOf(keyId), stored);
            if (key.RevokedAt is not null)
                return key;
            var revoked = key with { RevokedAt = time.GetUtcNow() };
            if (await store.TryReplaceAsync(PathOf(keyId), Documents.Write(revoked), stored.Version, cancellationToken) is null)
                continue;
            _known.TryRemove(keyId, out _);
            return revoked;
        }
        return null;
    }

    private async Task<AccessKey?> ReadAsync(string keyId, CancellationToken cancellationToken)
    {
        if (Fresh(keyId) is { } known)
            return known;
        var at = time.GetTimestamp();
        if (await store.ReadAsync<AccessKey>(PathOf(keyId), cancellationToken) is not { } key)
            return null;
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[keyId] = (key, at);
        return key;
    }

    private AccessKey? Fresh(string keyId) =>
        _known.TryGetValue(keyId, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness ? known.Key : null;

    private static string PathOf(string keyId) => All + keyId + Extension;
}
