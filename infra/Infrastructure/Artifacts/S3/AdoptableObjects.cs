using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Objects of other people's buckets, to be read and copied into the store. Which buckets, whoever asks decides.</summary>
/// <remarks>An outage passes and is worth another try; a server that refuses, or has no such bucket, is said to whoever asked.</remarks>
public sealed class AdoptableObjects : IDisposable
{
    private readonly S3Options? _server;
    private readonly ILogger<S3Bucket> _log;
    private readonly Lazy<S3Connection> _connection;

    /// <summary>Nothing is sent yet.</summary>
    public AdoptableObjects(IOptions<AdoptionOptions> adoption, IOptions<StoreOptions> store, IOptions<S3Options> ofStore, ILogger<S3Bucket> log)
    {
        _server = !string.IsNullOrEmpty(adoption.Value.Endpoint) ? ServerOf(adoption.Value) : store.Value.Kind == StoreOptions.InS3 ? ofStore.Value : null;
        _log = log;
        _connection = new(() => new S3Connection(Microsoft.Extensions.Options.Options.Create(_server!)));
    }

    /// <summary>Copies an object into a file and hashes it on the way; null when there is no such object.</summary>
    /// <param name="bucket">Its bucket.</param>
    /// <param name="key">Its key.</param>
    /// <param name="versionId">Which version; null for the present one.</param>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">A longer one is refused before a byte is read.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DomainException">There is no server, it refuses, or the object is too long.</exception>
    /// <exception cref="StoreUnavailableException">The server does not answer: another try may help.</exception>
    public Task<ArtifactRef?> SaveAsync(string bucket, string key, string? versionId, string path, long mostBytes, CancellationToken cancellationToken) =>
        AskAsync(bucket, opened => opened.GetVersionAsync(key, versionId, async found =>
        {
            if (found.Length > mostBytes)
                throw new DomainException("too-large", $"The object s3://{bucket}/{key} has {found.Length} bytes, and at most {mostBytes} are taken.", "Raise Gateway:UploadBytes, or publish a smaller file.");
            return new ArtifactRef(await BlobDownload.WriteAsync(found, path), found.Length, "");
        }, cancellationToken));

    /// <summary>Keys that start with a prefix, in ordinal order, as many as are wanted at most.</summary>
    /// <exception cref="DomainException">There is no server, or it refuses.</exception>
    /// <exception cref="StoreUnavailableException">The server does not answer: another try may help.</exception>
    public Task<List<string>> ListAsync(string bucket, string prefix, int most, CancellationToken cancellationToken) =>
        AskAsync(bucket, async opened => await opened.ListAsync(prefix, cancellationToken).Select(e => e.Key).Take(most).ToListAsync(cancellationToken));

    /// <inheritdoc />
    public void Dispose()
    {
        if (_connection.IsValueCreated)
            _connection.Value.Dispose();
    }

    private async Task<T> AskAsync<T>(string bucket, Func<S3Bucket, Task<T>> ask)
    {
        if (_server is null)
            throw new DomainException(
                "no-bucket-server", "This gateway reads no buckets: its store is a folder, and no other server is named.", "Set Adoption:Endpoint and its keys, or upload the file.");
        try
        {
            return await ask(new S3Bucket(_connection.Value, Microsoft.Extensions.Options.Options.Create(Of(_server, bucket)), _log));
        }
        // Whatever the server answers that does not pass by itself: asked again it would say the same.
        catch (StoreUnavailableException away) when (away.InnerException is S3RequestException { IsTransient: false, Status: not null } refused)
        {
            throw new DomainException(
                "source-refused", $"The server of the bucket '{bucket}' does not hand the object out: {refused.Code}.", "Let the gateway's key read that bucket, or check its name; docs/gateway.md says which key that is.");
        }
    }

    private static S3Options ServerOf(AdoptionOptions options) => new()
    {
        Endpoint = options.Endpoint!,
        Region = options.Region,
        AccessKey = options.AccessKey,
        SecretKey = options.SecretKey,
        AccessKeyFile = options.AccessKeyFile,
        SecretKeyFile = options.SecretKeyFile,
        CertificateAuthorityFile = options.CertificateAuthorityFile,
        TimeoutSeconds = options.TimeoutSeconds,
        Retries = 2,
    };

    private static S3Options Of(S3Options server, string bucket) => new()
    {
        Endpoint = server.Endpoint,
        Region = server.Region,
        Bucket = bucket,
        // Listings are signed with these, and not by the connection.
        AccessKey = server.AccessKey,
        SecretKey = server.SecretKey,
        AccessKeyFile = server.AccessKeyFile,
        SecretKeyFile = server.SecretKeyFile,
        TimeoutSeconds = server.TimeoutSeconds,
        Retries = server.Retries,
    };
}
