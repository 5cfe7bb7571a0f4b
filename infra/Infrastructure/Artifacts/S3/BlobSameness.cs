using System.Security.Cryptography;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Tells whether an object of the right size has the right content, without reading it where that can be helped.</summary>
/// <remarks>
/// Most servers name what one request wrote after its MD5, so whoever overwrote a blob shows by that. A name of another kind (multipart, some
/// encryptions) says nothing, and then the object is read. What a server's own disk did to an object shows in neither: readers notice, and
/// <c>sparsepipe repair</c> deletes it before it is made again.
/// </remarks>
internal static class BlobSameness
{
    public static async Task<bool> IsSameAsync(S3Bucket bucket, S3Entry stored, string file, CancellationToken cancellationToken) =>
        stored.ETag?.Trim('"') == await Md5Async(file, cancellationToken)
        || await bucket.GetAsync(stored.Key, BlobDownload.HashAsync, cancellationToken) == stored.Key[(stored.Key.LastIndexOf('/') + 1)..];

    private static async Task<string> Md5Async(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
#pragma warning disable CA5351 // It is the server's name for the content, not a seal: the blob's own name is its SHA-256.
        return Convert.ToHexStringLower(await MD5.HashDataAsync(stream, cancellationToken));
#pragma warning restore CA5351
    }
}
