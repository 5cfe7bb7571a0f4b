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
    private const string All = "uploads/";
    private const int IdLength = 32;

    /// <summary>The open upload of a key for a file, a new one when there is none.</summary>
    /// <exception cref="RefusedRequestException">409: the key has too many open.</exception>
    public async Task<Upload> OpenAsync(string keyId, ArtifactRef artifact, string? name, CancellationToken cancellationToken)
    {
        var uploadId = IdOf(keyId, artifact);
        var path = PathOf(uploadId);
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
            if (stored is null ? await store.TryCreateAsync(path, content, cancellationToken) : await store.TryReplaceAsync(path, content, stored.Version, cancellationToken) is not null)
                return upload;
        }
    }

    /// <summary>An upload; null when there is none.</summary>
    public async Task<Upload?> FindAsync(string uploadId, CancellationToken cancellationToken) =>
        uploadId.Length == IdLength && !uploadId.AsSpan().ContainsAnyExcept("0123456789abcdef") ? await store.ReadAsync<Upload>(PathOf(uploadId), cancellationToken) : null;

    /// <summary>Whether nothing is taken for it any more.</summary>
    public bool IsExpired(Upload upload) => upload.ExpiresAt <= time.GetUtcNow();

    /// <summary>Writes down that the file was received, verified and stored.</summary>
    public async Task ReceivedAsync(Upload upload, CancellationToken cancellationToken)
    {
        var path = PathOf(upload.UploadId);
        for (var tries = new ConditionalTries(path); await store.ReadAsync(path, cancellationToken) is { } stored; await tries.FailedAsync(cancellationToken))
        {
            var known = Documents.Read<Upload>(path, stored);
            if (known.IsReceived || await store.TryReplaceAsync(path, Documents.Write(known with { IsReceived = true }), stored.Version, cancellationToken) is not null)
                return;
        }
    }

    private async Task EnsureRoomAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = 0;
        await foreach (var path in store.ListAsync(All, cancellationToken))
        {
            if (await store.ReadAsync<Upload>(path, cancellationToken) is { } upload && upload.KeyId == keyId && !upload.IsReceived && upload.ExpiresAt > now)
                open++;
        }
        if (open >= options.Value.OpenUploadsPerKey)
            throw RefusedRequestException.Of(
                StatusCodes.Status409Conflict, "too-many-open-uploads", $"The key has {open} uploads open, which is the most.", "Complete one, or wait until one has expired.");
    }

    private static string IdOf(string keyId, ArtifactRef artifact) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\n{artifact.Digest}\n{artifact.Format}")))[..IdLength];

    private static string PathOf(string uploadId) => $"{All}{uploadId}.json";
}
