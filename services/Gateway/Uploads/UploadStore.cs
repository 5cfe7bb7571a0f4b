using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Uploads;

/// <summary>Uploads as documents <c>uploads/{uploadId}.json</c>. One key and digest have one upload, so that to ask again answers the same.</summary>
internal sealed class UploadStore(IObjectStore store, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const int IdLength = 32;
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <summary>The open upload of a key for a file, a new one when there is none.</summary>
    /// <exception cref="RefusedRequestException">409: the key has too many open.</exception>
    public async Task<Upload> OpenAsync(string keyId, ArtifactRef artifact, string? name, CancellationToken cancellationToken)
    {
        var uploadId = IdOf(keyId, artifact);
        var path = UploadPaths.Document(uploadId);
        for (var tries = new ConditionalTries(path); ; await tries.FailedAsync(cancellationToken))
        {
            var now = time.GetUtcNow();
            var stored = await store.ReadAsync(path, cancellationToken);
            var known = stored is null ? null : Documents.Read<Upload>(path, stored);
            if (known is not null && known.ExpiresAt > now && !known.IsReceived)
                return known;
            if (known is null || known.IsReceived)
                await EnsureRoomAsync(keyId, now, cancellationToken);
            var upload = new Upload
            {
                UploadId = uploadId,
                KeyId = keyId,
                Artifact = artifact,
                Name = name,
                Secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
                CreatedAt = now,
                ExpiresAt = now.AddHours(options.Value.UploadHours),
            };
            var content = Documents.Write(upload);
            // The mark first: one without an upload is taken away when it has expired, and an upload without one would not be counted.
            await store.WriteAsync(UploadPaths.Mark(upload), Empty, cancellationToken);
            if (stored is null ? await store.TryCreateAsync(path, content, cancellationToken) : await store.TryReplaceAsync(path, content, stored.Version, cancellationToken) is not null)
                return upload;
        }
    }

    /// <summary>An upload; null when there is none.</summary>
    public async Task<Upload?> FindAsync(string uploadId, CancellationToken cancellationToken) =>
        uploadId.Length == IdLength && !uploadId.AsSpan().ContainsAnyExcept("0123456789abcdef") ? await store.ReadAsync<Upload>(UploadPaths.Document(uploadId), cancellationToken) : null;

    /// <summary>Whether nothing is taken for it any more.</summary>
    public bool IsExpired(Upload upload) => upload.ExpiresAt <= time.GetUtcNow();

    /// <summary>Writes down that the file was received, verified and stored.</summary>
    public async Task ReceivedAsync(Upload upload, CancellationToken cancellationToken)
    {
        var path = UploadPaths.Document(upload.UploadId);
        for (var tries = new ConditionalTries(path); await store.ReadAsync(path, cancellationToken) is { } stored; await tries.FailedAsync(cancellationToken))
        {
            var known = Documents.Read<Upload>(path, stored);
            if (known.IsReceived || await store.TryReplaceAsync(path, Documents.Write(known with { IsReceived = true }), stored.Version, cancellationToken) is not null)
            {
                await store.DeleteAsync(UploadPaths.Mark(known), cancellationToken);
                return;
            }
        }
    }

    // A listing as long as the key has uploads open; only where that seems too many is each of them looked at.
    private async Task EnsureRoomAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var marked = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var path in store.ListAsync(UploadPaths.OpenOf(keyId), cancellationToken))
        {
            if (UploadPaths.ReadMark(path) is var (uploadId, end) && end > now)
                marked.Add(uploadId);
        }
        if (marked.Count < options.Value.OpenUploadsPerKey)
            return;
        var open = 0;
        foreach (var uploadId in marked)
        {
            if (await FindAsync(uploadId, cancellationToken) is { IsReceived: false } upload && upload.ExpiresAt > now)
                open++;
        }
        if (open >= options.Value.OpenUploadsPerKey)
            throw RefusedRequestException.Of(
                StatusCodes.Status409Conflict, "too-many-open-uploads", $"The key has {open} uploads open, which is the most.", "Complete one, or wait until one has expired.");
    }

    private static string IdOf(string keyId, ArtifactRef artifact) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\n{artifact.Digest}\n{artifact.Format}")))[..IdLength];
}
