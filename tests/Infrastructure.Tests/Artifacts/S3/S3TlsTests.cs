using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>An https endpoint whose certificate a private authority signed.</summary>
public sealed class S3TlsTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task A_certificate_of_the_named_authority_is_trusted()
    {
        using var certificate = SelfSigned();
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new(), certificate);
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), Token);
        var store = Open(o => (o.Endpoint, o.CertificateAuthorityFile) = (proxy.Endpoint, authority));

        var artifact = await StoreAsync(store, Noise(2_000_000));
        await store.Objects.WriteAsync("a.json", TemporaryStore.Bytes("1"), Token);

        (await Bucket.KeysAsync(Token)).ShouldBe(["a.json", $"objects/sha256/{artifact.Digest[..2]}/{artifact.Digest}"]);
        File.Delete(authority);
    }

    [Fact]
    public async Task Any_other_certificate_is_refused_with_the_setting_that_would_help()
    {
        using var certificate = SelfSigned();
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new(), certificate);
        var store = Open(o => (o.Endpoint, o.Retries) = (proxy.Endpoint, 0));

        (await Should.ThrowAsync<StoreUnavailableException>(() => store.Objects.ReadAsync("a.json", Token))).Message
            .ShouldContain("S3:CertificateAuthorityFile");
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
