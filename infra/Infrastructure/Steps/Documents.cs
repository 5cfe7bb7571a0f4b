using System.Text.Json;
using System.Text.Json.Serialization;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Records as JSON documents of an object store.</summary>
public static class Documents
{
    private static readonly JsonSerializerOptions Strict = new(ContractJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.Options);

    /// <summary>The record in a document; throws <see cref="DomainException"/> with <see cref="FailureCodes.CorruptArtifact"/> when it is none.</summary>
    public static T Read<T>(string key, StoredObject document)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(document.Content.Span, ContractJson.Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new DomainException(FailureCodes.CorruptArtifact, $"The document '{key}' is damaged: {exception.Message}", "Delete it; what it said is computed again.");
        }
    }

    /// <summary>Whether the record says all that the document does: another version may have written fields that this one does not know.</summary>
    public static bool IsUnderstood<T>(StoredObject document)
    {
        try
        {
            JsonSerializer.Deserialize<T>(document.Content.Span, Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The record under a key, or null when there is none.</summary>
    public static async Task<T?> ReadAsync<T>(this IObjectStore store, string key, CancellationToken cancellationToken)
        where T : class =>
        await store.ReadAsync(key, cancellationToken) is { } document ? Read<T>(key, document) : null;

    /// <summary>Stores the record unless there is one that can be read; returns the one that counts.</summary>
    /// <param name="store">Holds it.</param>
    /// <param name="key">Where.</param>
    /// <param name="value">The record.</param>
    /// <param name="read">The record in a document; null when it is damaged.</param>
    /// <param name="keep">Keeps a damaged document somewhere else, before it gives way.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    public static async Task<T> CreateOrReadAsync<T>(
        this IObjectStore store, string key, T value, Func<StoredObject, T?> read, Func<StoredObject, Task> keep, CancellationToken cancellationToken)
        where T : class
    {
        var content = Write(value);
        for (var tries = new ConditionalTries(key); !await store.TryCreateAsync(key, content, cancellationToken); await tries.FailedAsync(cancellationToken))
        {
            // Null when somebody deleted it in between; then ours is the first again.
            if (await store.ReadAsync(key, cancellationToken) is not { } document)
                continue;
            if (read(document) is { } existing)
                return existing;
            await keep(document);
            if (await store.TryReplaceAsync(key, content, document.Version, cancellationToken) is not null)
                return value;
        }
        return value;
    }
}
