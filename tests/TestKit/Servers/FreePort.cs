using System.Net;
using System.Net.Sockets;

namespace SparsePipeline.TestKit.Servers;

/// <summary>
/// Ports below the range the kernel hands out by itself, so that a port stays free while whoever listens on it is down.
/// </summary>
public static class FreePort
{
    private const int First = 12_000;
    private const int Last = 19_999;

    // The same raster as that of infra/local/object-store.sh, so that two servers never get overlapping blocks.
    private const int FirstBlock = 20_000;
    private const int Blocks = 240;
    private const int BlockSize = 50;

    public static int Next() => Try(() => Random.Shared.Next(First, Last + 1));

    /// <summary>The first of 50 ports; the first of them is free, and whoever has it has the others.</summary>
    public static int NextBlock() => Try(() => FirstBlock + (BlockSize * Random.Shared.Next(Blocks)));

    private static int Try(Func<int> choose)
    {
        while (true)
        {
            var port = choose();
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
