using System.Net.Sockets;

namespace SparsePipeline.TestKit.Servers;

/// <summary>The container engine of this machine, if it has one.</summary>
internal static class ContainerEngine
{
    private const string Unix = "unix://";

    /// <summary>Whether an engine answers and holds the image, so that nothing has to be fetched.</summary>
    public static async Task<bool> HasImageAsync(string image, CancellationToken cancellationToken)
    {
        var engine = Environment.GetEnvironmentVariable("DOCKER_HOST") ?? "unix:///var/run/docker.sock";
        if (!engine.StartsWith(Unix, StringComparison.Ordinal) || !File.Exists(engine[Unix.Length..]))
            return false;
        using var handler = new SocketsHttpHandler { ConnectCallback = (_, token) => ConnectAsync(engine[Unix.Length..], token) };
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost"), Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var response = await client.GetAsync(new Uri($"/images/{image}/json", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
