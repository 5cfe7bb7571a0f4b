using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>
/// Keeps webhooks from being used to reach what only this machine can reach. A name is resolved once per connection, every address it has is looked at, and the
/// connection goes to one of those: a name that leads elsewhere a moment later changes nothing.
/// </summary>
internal sealed class AddressGuard(INameResolver resolver, IOptions<WebhookOptions> options)
{
    /// <exception cref="RefusedAddressException">Nothing is sent there.</exception>
    public async Task CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttps && !IsAllowed(url.IdnHost))
            throw new RefusedAddressException($"Events go over https only, and '{url.IdnHost}' is not among Webhooks:AllowedHosts.");
        await ResolveAsync(url.IdnHost, cancellationToken);
    }

    /// <summary>Connects to a host that is not refused; for the handler of HTTP.</summary>
    /// <exception cref="RefusedAddressException">Nothing is sent there.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var name = host.Trim('[', ']');
        if (IPAddress.TryParse(name, out var literal))
            return PublicAddresses.Contains(literal) ? [literal] : throw Refusal(literal);
        IPAddress[] found;
        try
        {
            found = await resolver.ResolveAsync(name, cancellationToken);
        }
        catch (SocketException)
        {
            found = [];
        }
        if (found.Length == 0)
            throw new RefusedAddressException($"The host '{name}' has no address.");
        if (!IsAllowed(name) && found.FirstOrDefault(a => !PublicAddresses.Contains(a)) is { } strange)
            throw Refusal(strange);
        return found;
    }

    private bool IsAllowed(string host) => WebhookListsValidator.Hosts(options.Value).Contains(host, StringComparer.OrdinalIgnoreCase) && !IPAddress.TryParse(host, out _);

    private static RefusedAddressException Refusal(IPAddress address) =>
        new($"The host leads to {address}, which is not on the public internet, and its name is not among Webhooks:AllowedHosts.");
}
