using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Access;

/// <summary>Who may use the gateway: documents <c>keys/{keyId}.json</c>, which hold no secret.</summary>
public sealed class AccessKeys(IObjectStore store, TimeProvider time)
{
    private const string Folder = "keys";
    private const int MostKnown = 10_000;

    /// <summary>How long a key that was read is believed, and so how long a revoked one may still be used.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    // As long as the answer to the request that made it is kept.
    private static readonly TimeSpan MostRepeated = TimeSpan.FromDays(7);

    private readonly NamedDocuments<AccessKey> _documents = new(store, Folder);
    private readonly ConcurrentDictionary<string, (AccessKey Key, long ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>Stores a new key; the token is shown to whoever asked, and kept nowhere.</summary>
    /// <remarks>
    /// A request that is acted on again, because the process that did so before died, gives the key of the first time another secret: the one before was never shown.
    /// </remarks>
    /// <exception cref="DomainException">There is no such role, its federation is missing or too many, it would have expired already, or the request made a key long ago.</exception>
    public async Task<(AccessKey Key, string Token)> CreateAsync(NewKey wanted, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Check(wanted, now);
        for (var tries = new ConditionalTries(Folder); ; await tries.FailedAsync(cancellationToken))
        {
            var (text, token) = wanted.RequestId is { } requestId ? AccessToken.Create(AccessToken.KeyIdOf(requestId)) : AccessToken.Create();
            var made = wanted.RequestId is null ? null : await _documents.ReadAsync(token.KeyId, cancellationToken);
            if (made?.Document.CreatedAt < now - MostRepeated)
                throw new DomainException("key-exists", $"The key {token.KeyId} was made by a request with the same Idempotency-Key.", "Give this request another one.");
            var key = new AccessKey
            {
                KeyId = token.KeyId,
                SecretHash = token.SecretHash,
                Role = wanted.Role,
                Models = wanted.Models,
                Federation = wanted.Federation,
                ClientId = wanted.ClientId,
                Label = wanted.Label,
                CreatedAt = made?.Document.CreatedAt ?? now,
                CreatedBy = wanted.CreatedBy,
                ExpiresAt = wanted.ExpiresAt,
                RevokedAt = made?.Document.RevokedAt,
            };
            if (await _documents.TryWriteAsync(key.KeyId, key, made?.Version, cancellationToken) is null)
                continue;
            _known.TryRemove(key.KeyId, out _);
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
        await foreach (var keyId in _documents.ListAsync(after, cancellationToken))
        {
            if (await _documents.ReadAsync(keyId, cancellationToken) is var (key, _))
                yield return key;
        }
    }

    /// <summary>Revokes a key; one that was revoked stays as it is. Null when there is none.</summary>
    public async Task<AccessKey?> RevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        if (!AccessToken.IsKeyId(keyId))
            return null;
        for (var tries = new ConditionalTries($"{Folder}/{keyId}"); await _documents.ReadAsync(keyId, cancellationToken) is var (key, version); await tries.FailedAsync(cancellationToken))
        {
            if (key.RevokedAt is not null)
                return key;
            var revoked = key with { RevokedAt = time.GetUtcNow() };
            if (await _documents.TryWriteAsync(keyId, revoked, version, cancellationToken) is null)
                continue;
            _known.TryRemove(keyId, out _);
            return revoked;
        }
        return null;
    }

    private static void Check(NewKey wanted, DateTimeOffset now)
    {
        if (!AccessRoles.All.Contains(wanted.Role))
            throw new DomainException(FailureCodes.InvalidOption, $"The role '{wanted.Role}' is none.", $"Give one of {string.Join(", ", AccessRoles.All)}.");
        if ((wanted.Federation is null) != (wanted.Role != AccessRoles.Client) || (wanted.ClientId is null) != (wanted.Role != AccessRoles.Client))
            throw new DomainException(
                FailureCodes.InvalidOption, $"A key of role {wanted.Role} {(wanted.Role == AccessRoles.Client ? "needs" : "has no")} federation and client id.",
                $"Keys of role {AccessRoles.Client} are of one client of one federation; give both for them and neither for others.");
        if (wanted.ExpiresAt <= now)
            throw new DomainException(FailureCodes.InvalidOption, $"The key would expire at {wanted.ExpiresAt:u}, which is over.", "Give a time to come, or none.");
    }

    private async Task<AccessKey?> ReadAsync(string keyId, CancellationToken cancellationToken)
    {
        if (Fresh(keyId) is { } known)
            return known;
        var at = time.GetTimestamp();
        if (await _documents.ReadAsync(keyId, cancellationToken) is not var (key, _))
            return null;
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[keyId] = (key, at);
        return key;
    }

    private AccessKey? Fresh(string keyId) =>
        _known.TryGetValue(keyId, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness ? known.Key : null;
}
