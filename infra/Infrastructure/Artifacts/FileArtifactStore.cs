using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Blobs as read-only files <c>objects/sha256/ab/abcd…</c> in a <see cref="StoreFolder"/>.</summary>
/// <remarks>
/// A file is hashed, synced and renamed to its digest. A blob that exists is replaced by its equal, which costs nothing
/// and mends one that was damaged. Reading verifies the digest once per process and file.
/// </remarks>
public sealed class FileArtifactStore(StoreFolder folder) : IArtifactStore
{
    private readonly BlobVerification _verification = new();

    /// <inheritdoc />
    public Task<ArtifactRef> StoreAsync(string file, string format, CancellationToken cancellationToken) =>
        Task.Run(() => StoreErrors.Map(folder.Root, () => Store(file, format, cancellationToken)), cancellationToken);

    /// <inheritdoc />
    public Task<string> FetchAsync(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var path = PathOf(artifact.Digest);
        return Task.Run(() => StoreErrors.Map(path, () => Fetch(path, artifact, cancellationToken)), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blobs = new DirectoryInfo(folder.PathOf(BlobKeys.All));
        foreach (var file in blobs.Exists ? blobs.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (BlobKeys.IsDigest(file.Name))
                yield return new StoredBlob(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        await Task.CompletedTask; // an iterator over local folders has nothing to wait for
    }

    /// <inheritdoc />
    public Task<long?> SizeAsync(string digest, CancellationToken cancellationToken) =>
        Task.FromResult(new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : (long?)null);

    /// <inheritdoc />
    public Task<string?> HashAsync(string digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        return Task.Run(() => StoreErrors.Map(path, () => File.Exists(path) ? BlobVerification.Hash(path, cancellationToken) : null), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(digest)));

    /// <inheritdoc />
    public Task DeleteAsync(string digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        return Task.Run(() => StoreErrors.Map(path, () => DurableFiles.Delete(path)), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> DeleteIfOlderAsync(string digest, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        return Task.Run(() => StoreErrors.Map(path, () => DeleteIfOlder(path, before)), cancellationToken);
    }

    /// <inheritdoc />
    public string CreateTemporaryPath() => folder.Temporary.CreatePath();

    private ArtifactRef Store(string file, string format, CancellationToken cancellationToken)
    {
        var aside = folder.Temporary.TakeIn(file);
        try
        {
            return Publish(aside, format, cancellationToken);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private ArtifactRef Publish(string aside, string format, CancellationToken cancellationToken)
    {
        var digest = BlobVerification.Hash(aside, cancellationToken);
        DurableFiles.Sync(aside);
        // The file may have been made long ago; as a blob it is new, which is what protects it until something refers to it.
        File.SetLastWriteTimeUtc(aside, TimeProvider.System.GetUtcNow().UtcDateTime);
        File.SetUnixFileMode(aside, BlobKeys.ReadOnly);
        var path = PathOf(digest);
        // Looked at before it has its name: a collection may take that away for a moment.
        var blob = new FileInfo(aside);
        _verification.Trust(blob, path);
        DurableFiles.Replace(aside, path);
        ArtifactTelemetry.Stored(blob.Length);
        return new ArtifactRef(digest, blob.Length, format);
    }

    // Taken away first and looked at again: if it was stored anew between the first look and now, it is put back.
    private bool DeleteIfOlder(string path, DateTimeOffset before)
    {
        if (!IsOlder(path, before))
            return false;
        var aside = folder.Temporary.CreatePath();
        if (Posix.Rename(path, aside) != 0)
            return false;
        var older = IsOlder(aside, before);
        if (!older)
            DurableFiles.TryPublish(aside, path);
        File.Delete(aside);
        Posix.SyncFolder(Path.GetDirectoryName(path)!);
        return older;
    }

    private static bool IsOlder(string path, DateTimeOffset before) =>
        new FileInfo(path) is { Exists: true } file && file.LastWriteTimeUtc < before.UtcDateTime;

    private string Fetch(string path, ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new DomainException(
                FailureCodes.MissingArtifact,
                $"The artifact {artifact.Digest} ({artifact.Format}, {artifact.SizeBytes} bytes) is not in the store '{folder.Root}'.",
                $"Restore it from a backup, or have it made again: `sparsepipe repair {artifact.Digest} --yes`.");
        }
        if (file.Length != artifact.SizeBytes)
            throw Corrupt(path, artifact, $"has {file.Length} bytes where {artifact.SizeBytes} are expected");
        if (!_verification.Verify(file, artifact.Digest, cancellationToken))
            throw Corrupt(path, artifact, "does not hash to its name");
        return path;
    }

    private static DomainException Corrupt(string path, ArtifactRef artifact, string what) =>
        new(FailureCodes.CorruptArtifact, $"The artifact '{path}' {what}: the disk or somebody changed it.",
            $"Have it made again with `sparsepipe repair {artifact.Digest} --yes`, and check the disk.");

    private string PathOf(string digest) => folder.PathOf(BlobKeys.Of(digest));
}
