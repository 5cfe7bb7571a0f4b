using System.Security.Cryptography;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>Files that are sent to the gateway.</summary>
public sealed class UploadsClient
{
    private readonly GatewayConnection _connection;

    internal UploadsClient(GatewayConnection connection) => _connection = connection;

    /// <summary>Sends a file unless the gateway has it; to do so again changes nothing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">What it is, of <see cref="ArtifactFormats"/>.</param>
    /// <param name="progress">Told how many bytes were sent; starts anew when a try was lost.</param>
    /// <param name="cancellationToken">Ends it; a later call starts from the beginning.</param>
    /// <returns>Its reference, which recipes and events take.</returns>
    public async Task<ArtifactRef> SendAsync(string path, string format, IProgress<long>? progress = null, CancellationToken cancellationToken = default) =>
        await SendAsync(path, await DescribeAsync(path, format, cancellationToken), progress, cancellationToken);

    /// <inheritdoc cref="SendAsync(string, string, IProgress{long}?, CancellationToken)"/>
    /// <param name="path">The file.</param>
    /// <param name="artifact">What it is, when that is known; bytes that are not what this says are refused.</param>
    /// <param name="progress">Told how many bytes were sent; starts anew when a try was lost.</param>
    /// <param name="cancellationToken">Ends it; a later call starts from the beginning.</param>
    public async Task<ArtifactRef> SendAsync(string path, ArtifactRef artifact, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var wanted = new UploadRequest(artifact.Digest, artifact.SizeBytes, artifact.Format, Path.GetFileName(path));
        var upload = await _connection.AskAsync<UploadAnswer>(Ask.Post("v1/uploads", wanted), cancellationToken);
        if (upload.Artifact is { } known)
            return known;
        await _connection.TellAsync(new Ask(HttpMethod.Parse(upload.Method!), upload.Url!)
        {
            Content = () => ContentOf(path, upload, progress),
            // The address carries its own permission, and may be another server's.
            WithKey = false,
            PerTry = Transfers.PatienceFor(artifact.SizeBytes),
        }, cancellationToken);
        return await _connection.AskAsync<ArtifactRef>(Ask.Post($"v1/uploads/{upload.UploadId}/complete", new object()), cancellationToken);
    }

    private static async Task<ArtifactRef> DescribeAsync(string path, string format, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return new ArtifactRef(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)), file.Length, format);
    }

    private static SentFile ContentOf(string path, UploadAnswer upload, IProgress<long>? progress)
    {
        var content = new SentFile(path, progress);
        foreach (var header in upload.Headers ?? new Dictionary<string, string>())
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return content;
    }
}
