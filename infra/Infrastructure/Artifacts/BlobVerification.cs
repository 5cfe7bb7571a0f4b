using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Remembers which files this process has hashed, so that a blob is read once to be trusted.</summary>
internal sealed class BlobVerification
{
    private const int BufferBytes = 1024 * 1024;
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _verified = new(StringComparer.Ordinal);

    /// <summary>SHA-256 of a file in lower-case hexadecimal digits; memory use does not depend on its size.</summary>
    public static string Hash(string path, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var offset = 0L;
            for (int read; (read = RandomAccess.Read(handle, buffer, offset)) > 0; offset += read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WorkPulse.Beat();
                hash.AppendData(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether the file has this digest; free when this very file was hashed before.</summary>
    public bool Verify(FileInfo file, string digest, CancellationToken cancellationToken)
    {
        var identity = (file.Length, file.LastWriteTimeUtc);
        if (_verified.TryGetValue(file.FullName, out var known) && known == identity)
            return true;
        ArtifactTelemetry.Verified(file.Length);
        if (Hash(file.FullName, cancellationToken) != digest)
            return false;
        _verified[file.FullName] = identity;
        return true;
    }

    /// <summary>Records that a file was hashed before it gets another name.</summary>
    public void Trust(FileInfo file, string name) => _verified[name] = (file.Length, file.LastWriteTimeUtc);
}
