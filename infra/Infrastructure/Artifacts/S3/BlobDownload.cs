using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Writes an object to a file and hashes it while it arrives.</summary>
internal static class BlobDownload
{
    private const int BufferBytes = 1024 * 1024;

    /// <summary>
    /// Throws <see cref="DomainException"/> with <see cref="FailureCodes.CorruptArtifact"/> when size or hash are not the artifact's; a wrong
    /// size is noticed before anything is written.
    /// </summary>
    public static async Task<string> SaveAsync(S3Download download, ArtifactRef artifact, string path)
    {
        if (download.Length != artifact.SizeBytes)
            throw Corrupt(artifact, $"has {download.Length} bytes where {artifact.SizeBytes} are expected");
        var digest = await WriteAsync(download, path);
        ArtifactTelemetry.Verified(download.Length);
        return digest == artifact.Digest ? path : throw Corrupt(artifact, "does not hash to its name");
    }

    private static async Task<string> WriteAsync(S3Download download, string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: download.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await CopyAsync(download, file, hash, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task CopyAsync(S3Download download, SafeFileHandle file, IncrementalHash hash, byte[] buffer)
    {
        var offset = 0L;
        for (int read; (read = await download.Body.ReadAsync(buffer, download.Guard.Token)) > 0; offset += read)
        {
            download.Guard.Moved();
            hash.AppendData(buffer, 0, read);
            RandomAccess.Write(file, buffer.AsSpan(0, read), offset);
        }
    }

    private static DomainException Corrupt(ArtifactRef artifact, string what) => new(
        FailureCodes.CorruptArtifact, $"The artifact {artifact.Digest} in the object store {what}.",
        "Delete it and the result of the step that made it, so that the step runs again, and find out who else writes to the bucket.");
}
