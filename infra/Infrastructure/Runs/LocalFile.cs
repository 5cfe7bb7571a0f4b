using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>A file on this machine and the artifact it becomes.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Artifact">Its content.</param>
public sealed record LocalFile(string Path, ArtifactRef Artifact)
{
    /// <summary>Checks and hashes a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="format">One of <see cref="ArtifactFormats"/>.</param>
    /// <param name="check">Refuses what is no such file.</param>
    /// <exception cref="DomainException">The file is missing, cannot be read or is refused.</exception>
    public static LocalFile Of(string path, string format, Action<string> check)
    {
        try
        {
            check(path);
            return new LocalFile(path, new ArtifactRef(ContentDigest.OfFile(path), FileSize.Of(path), format));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DomainException(FailureCodes.MissingArtifact, $"{path} cannot be read: {error.Message}", "Give the path of a file that you may read.");
        }
    }

    /// <summary>Puts a copy into the store.</summary>
    /// <exception cref="DomainException">The file has changed since it was looked at.</exception>
    public async Task StoreAsync(IArtifactStore store, CancellationToken cancellationToken)
    {
        var copy = store.CreateTemporaryPath();
        File.Copy(Path, copy);
        if (await store.StoreAsync(copy, Artifact.Format, cancellationToken) != Artifact)
            throw new DomainException(FailureCodes.CorruptArtifact, $"{Path} has changed since it was read.", "Submit the run again.");
    }
}
