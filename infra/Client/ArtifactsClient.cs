using System.Net;
using System.Security.Cryptography;
using SparsePipeline.Contracts;

namespace SparsePipeline.Client;

/// <summary>Files of the gateway's store.</summary>
public sealed class ArtifactsClient
{
    private const int BlockBytes = 256 * 1024;
    private const int Goes = 5;

    // Of silence: a body that is sent this slowly is one that was lost.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private readonly GatewayConnection _connection;

    internal ArtifactsClient(GatewayConnection connection) => _connection = connection;

    /// <summary>Fetches a file whole, or not at all: its bytes are compared with its digest. Goes on where a lost connection left off.</summary>
    /// <param name="artifact">What a run or a step names as its output.</param>
    /// <param name="path">Where it goes; replaced when it exists.</param>
    /// <param name="progress">Told how many bytes are there.</param>
    /// <param name="cancellationToken">Ends it, and leaves nothing behind.</param>
    /// <exception cref="IOException">The connection was lost too often, or what came is not what was asked for.</exception>
    public async Task FetchAsync(ArtifactRef artifact, string path, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await FillAsync(file, artifact, progress, cancellationToken);
                file.Position = 0;
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) != artifact.Digest)
                    throw new IOException($"What came for {artifact.Digest} is something else.");
            }
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private async Task FillAsync(FileStream file, ArtifactRef artifact, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        for (var left = Goes; file.Length < artifact.SizeBytes;)
        {
            var before = file.Length;
            try
            {
                await AppendAsync(file, artifact, progress, cancellationToken);
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // As long as something comes, it is worth going on.
                left = file.Length > before ? Goes : left - 1;
                if (left == 0)
                    throw new IOException($"{artifact.Digest} cannot be fetched: {lost.Message}", lost);
            }
        }
    }

    private async Task AppendAsync(FileStream file, ArtifactRef artifact, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var ask = new Ask(HttpMethod.Get, $"v1/artifacts/{artifact.Digest}/content") { Range = file.Length == 0 ? null : file.Length, Streams = true, PerTry = Transfers.PatienceFor(artifact.SizeBytes) };
        // A gateway on a bucket has all of it before it sends the first byte.
        using var answer = await _connection.SendAsync(ask, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.PartialContent)
            file.SetLength(0);
        file.Position = file.Length;
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var block = new byte[BlockBytes];
        while (true)
        {
            limit.CancelAfter(Silence);
            var read = await body.ReadAsync(block, limit.Token);
            if (read == 0)
                break;
            if (file.Length + read > artifact.SizeBytes)
                throw new InvalidDataException($"More came for {artifact.Digest} than its {artifact.SizeBytes} bytes.");
            await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
            progress?.Report(file.Length);
        }
        if (file.Length < artifact.SizeBytes)
            throw new IOException($"The connection ended after {file.Length} of {artifact.SizeBytes} bytes.");
    }
}
