using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Immutable blobs under their SHA-256. Files in, files out: weights are mapped, never buffered.</summary>
public interface IArtifactStore
{
    /// <summary>
    /// Stores a finished file and returns its reference; the file is moved when it can be, so the caller must not use it afterwards.
    /// Storing what exists already is free. Durable when it returns.
    /// </summary>
    Task<ArtifactRef> StoreAsync(string file, string format, CancellationToken cancellationToken);

    /// <summary>
    /// A local read-only file with exactly the referenced bytes.
    /// Throws <see cref="DomainException"/> with <see cref="FailureCodes.MissingArtifact"/> or <see cref="FailureCodes.CorruptArtifact"/>.
    /// </summary>
    Task<string> FetchAsync(ArtifactRef artifact, CancellationToken cancellationToken);

    /// <summary>All blobs, in no particular order: for whoever collects what nothing refers to.</summary>
    IAsyncEnumerable<StoredBlob> ListAsync(CancellationToken cancellationToken);

    /// <summary>How many bytes the blob has; null when it is not there.</summary>
    Task<long?> SizeAsync(string digest, CancellationToken cancellationToken);

    /// <summary>
    /// SHA-256 of the bytes that are stored under a digest now, read to the last one whatever this process knows of them; null when the blob is not there.
    /// </summary>
    Task<string?> HashAsync(string digest, CancellationToken cancellationToken);

    /// <summary>Whether the blob is there.</summary>
    Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a blob; nothing happens when it is not there. Only for blobs no result refers to: whoever reads it at this moment keeps it,
    /// whoever fetches it later fails.
    /// </summary>
    Task DeleteAsync(string digest, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a blob that was stored before a time and not since; false when it is not there or younger. Whoever stores it meanwhile finds it
    /// there afterwards.
    /// </summary>
    Task<bool> DeleteIfOlderAsync(string digest, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>A path for a new temporary file on the store's file system; leftovers are swept.</summary>
    string CreateTemporaryPath();
}
