using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MassTransit;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Encryption of the connection to the broker; the certificate must name the host and be signed by a trusted authority.</summary>
internal static class BrokerTls
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static void Configure(IRabbitMqSslConfigurator tls, RabbitMqOptions options)
    {
        tls.ServerName = options.Host;
        // The system's choice: the newest version both sides speak.
        tls.Protocol = SslProtocols.None;
        if (ValidatorFor(options) is { } validator)
            tls.CertificateValidationCallback = validator;
    }

    /// <summary>Trusts the authority of <see cref="RabbitMqOptions.CertificateAuthorityFile"/> only; null trusts those of the machine.</summary>
    public static RemoteCertificateValidationCallback? ValidatorFor(RabbitMqOptions options)
    {
        if (string.IsNullOrEmpty(options.CertificateAuthorityFile))
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.CertificateAuthorityFile);
        return (_, certificate, presented, errors) =>
            certificate is not null && (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            && IsSignedBy(authorities, certificate, presented?.ChainPolicy.ExtraStore ?? []);
    }

    private static bool IsSignedBy(X509Certificate2Collection authorities, X509Certificate certificate, X509Certificate2Collection intermediates)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        // An authority of one's own seldom publishes revocations.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(server);
    }
}
