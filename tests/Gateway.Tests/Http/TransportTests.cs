using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Http;

public sealed class TransportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_that_was_replaced_is_used_from_the_next_connection_on_and_a_broken_one_is_not()
    {
        var (certificate, key) = (_folder.File("gateway.crt"), _folder.File("gateway.key"));
        var first = Write(certificate, key);
        await using var gateway = await StartAsync(("Gateway:CertificateFile", certificate), ("Gateway:KeyFile", key));
        gateway.Address.Scheme.ShouldBe("https");

        (await PresentedAsync(gateway.Address)).ShouldBe(first);
        var second = Write(certificate, key);
        (await PresentedAsync(gateway.Address)).ShouldBe(second);
        await File.WriteAllTextAsync(certificate, "broken", Token);
        (await PresentedAsync(gateway.Address)).ShouldBe(second);

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_certificate_behind_a_link_that_leads_elsewhere_now_is_used_as_Kubernetes_replaces_secrets()
    {
        foreach (var version in new[] { "v1", "v2" })
            Directory.CreateDirectory(_folder.File(version));
        var first = Write(_folder.File("v1/tls.crt"), _folder.File("v1/tls.key"));
        var second = Write(_folder.File("v2/tls.crt"), _folder.File("v2/tls.key"));
        File.SetLastWriteTimeUtc(_folder.File("v2/tls.crt"), DateTime.UtcNow.AddMinutes(1));
        Directory.CreateSymbolicLink(_folder.File("data"), "v1");
        File.CreateSymbolicLink(_folder.File("tls.crt"), "data/tls.crt");
        File.CreateSymbolicLink(_folder.File("tls.key"), "data/tls.key");
        await using var gateway = await StartAsync(("Gateway:CertificateFile", _folder.File("tls.crt")), ("Gateway:KeyFile", _folder.File("tls.key")));
        (await PresentedAsync(gateway.Address)).ShouldBe(first);

        Directory.Delete(_folder.File("data"));
        Directory.CreateSymbolicLink(_folder.File("data"), "v2");

        (await PresentedAsync(gateway.Address)).ShouldBe(second);
    }

    [Fact]
    public async Task What_stands_behind_a_certificate_is_sent_with_it()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var betweenKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root", rootKey).CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-3), DateTimeOffset.UtcNow.AddHours(3));
        using var bare = Authority("CN=between", betweenKey).Create(root, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddHours(2), [1]);
        using var between = bare.CopyWithPrivateKey(betweenKey);
        using var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).Create(between, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1), [2]);
        await File.WriteAllTextAsync(_folder.File("gateway.key"), key.ExportPkcs8PrivateKeyPem(), Token);
        await File.WriteAllTextAsync(_folder.File("gateway.crt"), leaf.ExportCertificatePem() + "\n" + between.ExportCertificatePem(), Token);
        await using var gateway = await StartAsync(("Gateway:CertificateFile", _folder.File("gateway.crt")), ("Gateway:KeyFile", _folder.File("gateway.key")));
        var sent = new List<string>();

        (await PresentedAsync(gateway.Address, sent)).ShouldBe(leaf.Thumbprint);

        sent.ShouldContain(between.Thumbprint);
    }

    [Theory]
    [InlineData("127.0.0.1", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9")]
    [InlineData("192.0.2.1", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task Where_a_request_came_from_is_believed_of_trusted_proxies_only(string trusted, string address)
    {
        await using var gateway = await StartAsync(("Gateway:TrustedProxies", trusted));
        using var admin = await gateway.ClientAsync(AccessRoles.Admin);
        admin.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        await StoreRecipeAsync(admin, "small", TestGateway.Recipe);

        (await BodyAsync(await admin.GetAsync("/v1/audit", Token))).GetProperty("items")[0].GetProperty("address").GetString().ShouldEndWith(address);
    }

    [Fact]
    public void Settings_that_will_not_do_are_all_named()
    {
        var result = new GatewayFilesValidator().Validate(name: null, new GatewayOptions { CertificateFile = _folder.File("missing.crt"), TrustedProxies = "10.0.0.1, proxy" });

        result.Failures!.ShouldBe(
        [
            "Of Gateway:CertificateFile and Gateway:KeyFile one is set: set both, or none.",
            $"Gateway:CertificateFile or Gateway:KeyFile is '{_folder.File("missing.crt")}', which does not exist: name a file in PEM.",
            "Gateway:TrustedProxies holds 'proxy', which is no address and no network: write them such as 10.0.0.7 and 10.244.0.0/16.",
        ]);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }

    // Returns the certificate's thumbprint.
    private static string Write(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    private static async Task<string> PresentedAsync(Uri address, List<string>? behind = null)
    {
        var thumbprint = "";
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, chain, _) =>
                {
                    thumbprint = ((X509Certificate2)presented!).Thumbprint;
                    behind?.AddRange(chain!.ChainPolicy.ExtraStore.Select(certificate => certificate.Thumbprint));
                    return true;
                },
            },
        });
        (await client.GetAsync(new Uri(address, "/health/live"), Token)).IsSuccessStatusCode.ShouldBeTrue();
        return thumbprint;
    }
}
