using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Collection;

/// <summary>A store as a slow collector sees it: much happens between its listing and its deletions.</summary>
internal sealed class HesitatingStore(IArtifactStore inner) : IArtifactStore
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    public async IAsyncEnumerable<StoredBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blobs = new List<StoredBlob>();
        await foreach (var blob in inner.ListAsync(cancellationToken))
            blobs.Add(blob);
        await Task.Delay(Pause, cancellationToken);
        foreach (var blob in blobs)
            yield return blob;
    }

    public Task<ArtifactRef> StoreAsync(string file, string format, CancellationToken cancellationToken) =>
        inner.StoreAsync(file, format, cancellationToken);

    public Task<string> FetchAsync(ArtifactRef artifact, CancellationToken cancellationToken) => inner.FetchAsync(artifact, cancellationToken);

    public Task<long?> SizeAsync(string digest, CancellationToken cancellationToken) => inner.SizeAsync(digest, cancellationToken);

    public Task<string?> HashAsync(string digest, CancellationToken cancellationToken) => inner.HashAsync(digest, cancellationToken);

    public Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken) => inner.ExistsAsync(digest, cancellationToken);

    public Task DeleteAsync(string digest, CancellationToken cancellationToken) => inner.DeleteAsync(digest, cancellationToken);

    public Task<bool> DeleteIfOlderAsync(string digest, DateTimeOffset before, CancellationToken cancellationToken) =>
        inner.DeleteIfOlderAsync(digest, before, cancellationToken);

    public string CreateTemporaryPath() => inner.CreateTemporaryPath();
}
