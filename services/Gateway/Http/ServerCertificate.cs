using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SparsePipeline.Gateway.Http;

/// <summary>The certificate in two files, with what stands behind it in the first, read again when one of them was replaced; while the new ones cannot be read the old one goes on.</summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile, ILogger<ServerCertificate> log)
{
    private readonly Lock _gate = new();
    private (DateTime Certificate, DateTime Key) _read;
    private SslStreamCertificateContext? _current;

    /// <summary>The one for the next connection.</summary>
    /// <exception cref="CryptographicException">There never was one that could be read.</exception>
    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_gate)
            {
                var found = (WrittenAt(certificateFile), WrittenAt(keyFile));
                if (_current is not null && found == _read)
                    return _current;
                try
                {
                    // Not disposed of: connections that are being opened may still use the one before.
                    _current = Read();
                }
                catch (Exception exception) when (_current is not null && exception is CryptographicException or IOException or ArgumentException)
                {
                    log.CertificateNotRead(exception.Message);
                }
                _read = found;
                return _current!;
            }
        }
    }

    // Clients that know the authority alone need the certificates in between as well.
    private SslStreamCertificateContext Read()
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificateFile);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), all, offline: true);
    }

    // Of the file itself: Kubernetes replaces what a link leads to, and the link stays as old as it is.
    private static DateTime WrittenAt(string file) => (File.ResolveLinkTarget(file, returnFinalTarget: true) ?? new FileInfo(file)).LastWriteTimeUtc;
}
