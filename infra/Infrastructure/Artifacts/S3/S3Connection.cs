using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Minio;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>The sockets of this process to the server, and the library that signs what goes through them.</summary>
public sealed class S3Connection : IDisposable
{
    private readonly HttpMessageHandler _handler;

    /// <summary>Nothing is sent yet.</summary>
    public S3Connection(IOptions<S3Options> options, StoreClock? clock = null)
    {
        var settings = options.Value;
        var address = new Uri(settings.Endpoint);
        _handler = new S3ErrorHandler(CreateSockets(settings), clock ?? new StoreClock());
        Http = new HttpClient(_handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        Signer = new MinioClient()
            .WithEndpoint(address.Authority)
            .WithSSL(address.Scheme == Uri.UriSchemeHttps)
            // Without it every signature costs a request.
            .WithRegion(settings.Region)
            .WithCredentials(S3Credentials.AccessKey(settings), S3Credentials.SecretKey(settings))
            // One of its own, because the library changes the timeout of the one it is given.
            .WithHttpClient(new HttpClient(_handler, disposeHandler: false), disposeHttpClient: true)
            .Build();
    }

    /// <summary>Sends requests that are signed already, of any size and length.</summary>
    internal HttpClient Http { get; }

    /// <summary>Signs addresses, copies and deletes.</summary>
    internal IMinioClient Signer { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Signer.Dispose();
        Http.Dispose();
        _handler.Dispose();
    }

    private static SocketsHttpHandler CreateSockets(S3Options options)
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(options.TimeoutSeconds, 10)),
            // So that a changed address behind the name is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
        };
        if (!string.IsNullOrEmpty(options.CertificateAuthorityFile))
            sockets.SslOptions.CertificateChainPolicy = TrustOnly(options.CertificateAuthorityFile);
        return sockets;
    }

    private static X509ChainPolicy TrustOnly(string authorityFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authorityFile);
        return policy;
    }
}
