using System.Net;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>The resolver of this machine.</summary>
internal sealed class DnsResolver : INameResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
