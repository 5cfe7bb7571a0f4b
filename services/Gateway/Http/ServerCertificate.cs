using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SparsePipeline.Gateway.Http;

/// <summary>The certificate in two files, read again when one of them was replaced; while the new ones cannot be read the old one goes on.</summary>
internal sealed class ServerCertificate(string certificateFile, string keyFile, ILogger<ServerCertificate> log)
{
    private readonly Lock _gate = new();
    private (DateTime Certificate, DateTime Key) _read;
    private X509Certificate2? _current;

    /// <summary>The one for the next connection.</summary>
    /// <exception cref="CryptographicException">There never was one that could be read.</exception>
    public X509Certificate2 Current
    {
        get
        {
            lock (_gate)
            {
                var found = (File.GetLastWriteTimeUtc(certificateFile), File.GetLastWriteTimeUtc(keyFile));
                if (_current is not null && found == _read)
                    return _current;
                try
                {
                    // Not disposed of: connections that are being opened may still use the one before.
                    _current = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
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
}
