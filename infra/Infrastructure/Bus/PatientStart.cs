using Microsoft.Extensions.Hosting;
using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Starts a host on a bus, and another one like it as often as the bus got stuck.</summary>
public static class PatientStart
{
    /// <summary>Returns the host whose bus is ready. Waits for a broker that is not there yet.</summary>
    /// <param name="build">Makes a host that was not started.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static Task<IHost> StartAsync(Func<IHost> build, CancellationToken cancellationToken) =>
        StartAsync(build, host => host.StartAsync(cancellationToken));

    internal static async Task<IHost> StartAsync(Func<IHost> build, Func<IHost, Task> start)
    {
        while (true)
        {
            var host = build();
            if (await TryAsync(host, start))
                return host;
        }
    }

    // A method of its own: the library puts the log of a bus into the flow that starts it, and the next bus must not find it there.
    private static async Task<bool> TryAsync(IHost host, Func<IHost, Task> start)
    {
        try
        {
            await start(host);
            return true;
        }
        catch (BusStuckException)
        {
            // Not waited for: what is stuck ends with the process.
            _ = host.EndAsync();
            return false;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
