using System.Buffers;
using System.Security.Cryptography;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Gateway.Uploads;

/// <summary>Takes the bytes of an upload in: into a file that nobody else has, hashed on the way, looked at, and then into the store.</summary>
/// <remarks>The file that is verified is the file that is stored. What the sender does afterwards changes nothing, and of what is refused nothing stays.</remarks>
internal sealed class ReceivedFile(IArtifactStore artifacts)
{
    private const int BufferBytes = 1024 * 1024;
    private static readonly SearchValues<byte> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (byte)c), (byte)'\t', (byte)'\n', (byte)'\r']);

    /// <summary>Reads as many bytes as were announced and stores them under their digest.</summary>
    /// <exception cref="RefusedRequestException">413: there are more; 422: they are others, or no sound file of their format.</exception>
    public async Task StoreAsync(ArtifactRef announced, Stream bytes, CancellationToken cancellationToken)
    {
        var path = artifacts.CreateTemporaryPath();
        try
        {
            var (digest, length) = await WriteAsync(bytes, path, announced.SizeBytes, cancellationToken);
            GatewayTelemetry.UploadReceived(length);
            if (digest != announced.Digest || length != announced.SizeBytes)
                throw RefusedRequestException.Of(
                    StatusCodes.Status422UnprocessableEntity, "digest-mismatch", $"{length} bytes with digest {digest} came, where {announced.SizeBytes} with {announced.Digest} were announced.",
                    "Send the file that was announced, or announce this one.");
            await Task.Run(() => Check(path, announced.Format, Path.GetDirectoryName(path)), cancellationToken);
            await artifacts.StoreAsync(path, announced.Format, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Refuses what is no sound file of its format, by its kind and its numbers; pickles are never read.</summary>
    /// <exception cref="DomainException">With the reason and the way out.</exception>
    /// <param name="path">The file.</param>
    /// <param name="format">One of <see cref="ArtifactFormats"/>.</param>
    /// <param name="scratch">Where a packed file is unpacked.</param>
    public static void Check(string path, string format, string? scratch)
    {
        if (format == ArtifactFormats.TorchScript)
        {
            ScriptFile.Check(path);
            return;
        }
        try
        {
            using var file = CheckpointFile.Open(path, CheckpointUse.Network, scratch);
            file.EnsureFinite();
        }
        catch (DomainException refused) when (IsText(path))
        {
            // The reason would quote how the text begins, and others can read it here: what was published by mistake may be a key.
            throw new DomainException(
                refused.Failure.Code, "The file is text, not a safetensors file. Nothing of it is shown here.", "Publish the checkpoint itself, not a page, a pointer or a setting in its place.");
        }
    }

    // The length that a safetensors file begins with would be millions of gigabytes.
    private static bool IsText(string path)
    {
        Span<byte> start = stackalloc byte[8];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) is var read && !start[..read].ContainsAnyExcept(Printable);
    }

    private static async Task<(string Digest, long Length)> WriteAsync(Stream bytes, string path, long most, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferBytes];
        var length = 0L;
        for (int read; (read = await bytes.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            length += read;
            if (length > most)
                throw RequestBody.TooLarge(most);
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }
}
