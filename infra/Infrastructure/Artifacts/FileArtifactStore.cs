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
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int DigestLength = 64;
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
        var blobs = new DirectoryInfo(folder.PathOf("objects/sha256"));
        foreach (var file in blobs.Exists ? blobs.EnumerateFiles("*", SearchOption.AllDirectories) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Name.Length == DigestLength)
                yield return new StoredBlob(file.Name, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        await Task.CompletedTask; // an iterator over local folders has nothing to wait for
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
    public string CreateTemporaryPath() => folder.Temporary.CreatePath();

    private ArtifactRef Store(string file, string format, CancellationToken cancellationToken)
    {
        var aside = TakeIn(file);
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
        File.SetUnixFileMode(aside, ReadOnly);
        var path = PathOf(digest);
        DurableFiles.Replace(aside, path);
        var blob = new FileInfo(path);
        _verification.Trust(blob);
        ArtifactTelemetry.Stored(blob.Length);
        return new ArtifactRef(digest, blob.Length, format);
    }

    // Moving the file first means nobody changes it between hashing and publishing.
    private string TakeIn(string file)
    {
        var aside = folder.Temporary.CreatePath();
        switch (Posix.Rename(file, aside))
        {
            case 0:
                return aside;
            case Posix.CrossDevice or Posix.PermissionDenied or Posix.OperationNotPermitted:
                File.Copy(file, aside);
                return aside;
            case var error:
                throw File.Exists(file)
                    ? Posix.Error(error, $"move '{file}' into the store")
                    : new FileNotFoundException($"There is no file '{file}' to store.", file);
        }
    }

    private string Fetch(string path, ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new DomainException(
                FailureCodes.MissingArtifact,
                $"The artifact {artifact.Digest} ({artifact.Format}, {artifact.SizeBytes} bytes) is not in the store '{folder.Root}'.",
                "Restore it from a backup, or delete the result of the step that made it so that the step runs again.");
        }
        if (file.Length != artifact.SizeBytes)
            throw Corrupt(path, $"has {file.Length} bytes where {artifact.SizeBytes} are expected");
        if (!_verification.Verify(file, artifact.Digest, cancellationToken))
            throw Corrupt(path, "does not hash to its name");
        return path;
    }

    private static DomainException Corrupt(string path, string what) =>
        new(FailureCodes.CorruptArtifact, $"The artifact '{path}' {what}: the disk or somebody changed it.",
            "Delete it and the result of the step that made it, so that the step runs again, and check the disk.");

    private string PathOf(string digest)
    {
        if (digest is not { Length: DigestLength } || digest.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            throw new DomainException(
                FailureCodes.InvalidOption, $"'{digest}' is not an artifact digest.", "Give the 64 lower-case hexadecimal digits of a SHA-256.");
        }
        return folder.PathOf($"objects/sha256/{digest[..2]}/{digest}");
    }
}
