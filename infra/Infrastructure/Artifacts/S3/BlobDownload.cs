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

    /// <summary>Reads an object to its end and keeps nothing of it but its hash.</summary>
    public static async Task<string> HashAsync(S3Download download)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await FillAsync(download, buffer) is > 0 and var length)
                hash.AppendData(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes an object to a file and returns its SHA-256.</summary>
    public static async Task<string> WriteAsync(S3Download download, string path)
    {
        using var file = Create(path, download.Length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[][] buffers = [ArrayPool<byte>.Shared.Rent(BufferBytes), ArrayPool<byte>.Shared.Rent(BufferBytes)];
        try
        {
            await CopyAsync(download, buffers, (bytes, offset) =>
            {
                hash.AppendData(bytes.Span);
                RandomAccess.Write(file, bytes.Span, offset);
            });
        }
        finally
        {
            Array.ForEach(buffers, buffer => ArrayPool<byte>.Shared.Return(buffer));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The space is taken now, so that a disk which is too small says so before the transfer. The runtime then throws an error without a code
    // and deletes the file; any other trouble with the path has one.
    private static SafeFileHandle Create(string path, long bytes)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: bytes);
        }
        catch (IOException full) when (full.HResult == new IOException().HResult)
        {
            throw new IOException(full.Message, Posix.NoSpace);
        }
    }

    // One piece is hashed and written while the next arrives.
    private static async Task CopyAsync(S3Download download, byte[][] buffers, Action<ReadOnlyMemory<byte>, long> keep)
    {
        var keeping = Task.CompletedTask;
        try
        {
            var offset = 0L;
            for (var turn = 0; await FillAsync(download, buffers[turn]) is > 0 and var length; turn = 1 - turn)
            {
                await keeping;
                var (piece, at) = (buffers[turn].AsMemory(0, length), offset);
                keeping = Task.Run(() => keep(piece, at));
                offset += length;
            }
        }
        finally
        {
            await keeping;
        }
    }

    private static async Task<int> FillAsync(S3Download download, byte[] buffer)
    {
        var length = 0;
        while (length < buffer.Length && await download.Body.ReadAsync(buffer.AsMemory(length), download.Guard.Token) is > 0 and var read)
        {
            download.Guard.Moved();
            length += read;
        }
        return length;
    }

    private static DomainException Corrupt(ArtifactRef artifact, string what) => new(
        FailureCodes.CorruptArtifact, $"The artifact {artifact.Digest} in the object store {what}.",
        $"Have it made again with `sparsepipe repair {artifact.Digest} --yes`, and find out who else writes to the bucket.");
}
