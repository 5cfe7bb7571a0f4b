using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.TestKit;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>Which certificates of a broker are trusted when one authority is named; the name in them is the library's business.</summary>
public sealed class BrokerTlsTests : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _root = Authority("CN=root", signer: null);

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_certificate_of_the_authority_is_trusted()
    {
        using var server = Leaf(_root, ServerAuthentication);

        Trusts(server).ShouldBeTrue();
    }

    [Fact]
    public void A_certificate_of_an_intermediate_of_the_authority_is_trusted_when_the_server_presents_that_one_too()
    {
        using var intermediate = Authority("CN=intermediate", _root);
        using var server = Leaf(intermediate, ServerAuthentication);

        Trusts(server, intermediate).ShouldBeTrue();
        Trusts(server).ShouldBeFalse();
    }

    [Fact]
    public void What_the_server_presents_is_no_authority_by_that()
    {
        using var stranger = Authority("CN=stranger", signer: null);
        using var server = Leaf(stranger, ServerAuthentication);

        Trusts(server, stranger).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_for_clients_does_not_make_a_server()
    {
        using var client = Leaf(_root, ClientAuthentication);

        Trusts(client).ShouldBeFalse();
    }

    [Fact]
    public void A_certificate_for_another_name_is_refused()
    {
        using var server = Leaf(_root, ServerAuthentication);

        Trusts(server, SslPolicyErrors.RemoteCertificateNameMismatch).ShouldBeFalse();
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? signer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        if (signer is null)
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        using var signed = Sign(request, signer);
        return signed.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Leaf(X509Certificate2 signer, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        return Sign(request, signer);
    }

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2 signer) =>
        request.Create(signer, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));

    private bool Trusts(X509Certificate2 server, params X509Certificate2[] presented) =>
        Trusts(server, SslPolicyErrors.RemoteCertificateChainErrors, presented);

    // As the socket asks: with a chain that knows what the server presented, and trusts the machine's authorities only.
    private bool Trusts(X509Certificate2 server, SslPolicyErrors errors, params X509Certificate2[] presented)
    {
        File.WriteAllText(_folder.File("ca.pem"), _root.ExportCertificatePem());
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(presented);
        var validator = BrokerTls.ValidatorFor(new RabbitMqOptions { CertificateAuthorityFile = _folder.File("ca.pem") });
        return validator.ShouldNotBeNull()(this, server, chain, errors);
    }
}
