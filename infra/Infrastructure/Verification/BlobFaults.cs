using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>What may be wrong with a blob that something refers to.</summary>
public static class BlobFaults
{
    /// <summary>It is not in the store.</summary>
    public const string Missing = "missing";

    /// <summary>It has another length than it should.</summary>
    public const string WrongSize = "wrong-size";

    /// <summary>It does not hash to its name.</summary>
    public const string Damaged = "damaged";

    /// <summary>One of the above, or null when nothing is wrong.</summary>
    /// <param name="store">Holds the blob or not.</param>
    /// <param name="blob">As it should be.</param>
    /// <param name="deep">Read and hash it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<string?> OfAsync(IArtifactStore store, ArtifactRef blob, bool deep, CancellationToken cancellationToken)
    {
        if (await store.SizeAsync(blob.Digest, cancellationToken) is not { } size)
            return Missing;
        if (size != blob.SizeBytes)
            return WrongSize;
        return deep ? await OfContentAsync(store, blob, cancellationToken) : null;
    }

    private static async Task<string?> OfContentAsync(IArtifactStore store, ArtifactRef blob, CancellationToken cancellationToken)
    {
        var hash = await store.HashAsync(blob.Digest, cancellationToken);
        return hash is null ? Missing : hash == blob.Digest ? null : Damaged;
    }
}
