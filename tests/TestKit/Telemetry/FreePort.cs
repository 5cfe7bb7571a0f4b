using System.Net;
using System.Net.Sockets;

namespace SparsePipeline.TestKit.Telemetry;

/// <summary>
/// Ports below the range the kernel hands out by itself, so that a port stays free while whoever listens on it is down.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Last = 19_999;

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last + 1);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
