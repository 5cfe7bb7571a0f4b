using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Names of blobs, the same in a folder and in a bucket: <c>objects/sha256/ab/abcd…</c>.</summary>
internal static class BlobKeys
{
    public const string All = "objects/sha256/";

    /// <summary>Blobs are never written, only replaced by their equals.</summary>
    public const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Half the shortest grace period of a collection: a blob of this age that is stored again counts as stored now.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromHours(1);

    private const int DigestLength = 64;

    /// <summary>Whether this is the SHA-256 of something, as blobs are named.</summary>
    public static bool IsDigest(string text) => text.Length == DigestLength && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    /// <summary>The digest, or a failure when it is none, so that nothing else ever becomes part of a path.</summary>
    public static string Validate(string digest) => digest is not null && IsDigest(digest) ? digest : throw new DomainException(
        FailureCodes.InvalidOption, $"'{digest}' is not an artifact digest.", "Give the 64 lower-case hexadecimal digits of a SHA-256.");

    /// <summary>The blob's key.</summary>
    public static string Of(string digest) => $"{All}{Validate(digest)[..2]}/{digest}";
}
