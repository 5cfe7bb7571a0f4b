using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>An authority of the test's own and a server certificate it has signed.</summary>
internal static class Certificates
{
    /// <summary>Writes <c>ca.pem</c>, <c>server.pem</c> and <c>server.key</c> for <c>localhost</c>.</summary>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var (from, until) = (DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = RSA.Create(2048);
        using var authority = Request("CN=SparsePipeline test authority", authorityKey, isAuthority: true).CreateSelfSigned(from, until);
        using var serverKey = RSA.Create(2048);
        using var server = Request("CN=localhost", serverKey, isAuthority: false).Create(authority, from, until, [1]);
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), serverKey.ExportRSAPrivateKeyPem());
    }

    private static CertificateRequest Request(string name, RSA key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
