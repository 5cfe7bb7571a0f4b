namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>
/// Small mutable documents by key (<c>steps/{key}/claim.json</c>, <c>runs/{id}/…</c>) with conditional writes:
/// the only coordination there is. Documents are at most 1 MiB; weights go to <see cref="IArtifactStore"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>The document, or null when there is none. Never a partial one.</summary>
    Task<StoredObject?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>Creates the document; false when the key exists already. Atomic and durable when it returns true.</summary>
    Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Replaces the document if its version is still the given one; returns the new version, or null when it is not.</summary>
    Task<string?> TryReplaceAsync(string key, ReadOnlyMemory<byte> content, string version, CancellationToken cancellationToken);

    /// <summary>Creates or replaces the document, last writer wins.</summary>
    Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Deletes the document; nothing happens when there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys that start with the prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Keys that start with the prefix and come after <paramref name="startAfter"/>, in ordinal order.</summary>
    /// <param name="prefix">How the keys begin.</param>
    /// <param name="startAfter">Any text, a key of the page before for example: it need not exist. Null begins at the first.</param>
    /// <param name="cancellationToken">Stops.</param>
    IAsyncEnumerable<string> ListAsync(string prefix, string? startAfter, CancellationToken cancellationToken);
}
