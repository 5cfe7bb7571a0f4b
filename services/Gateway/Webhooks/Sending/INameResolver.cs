using System.Net;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Finds the addresses of hosts.</summary>
internal interface INameResolver
{
    /// <summary>The addresses of a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There are none.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
