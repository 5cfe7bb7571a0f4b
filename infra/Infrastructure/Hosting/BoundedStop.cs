using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>An end that comes, also when the broker's client waits for ever for an answer while it stops, which was seen.</summary>
public static partial class BoundedStop
{
    // Less than what containers and pods have besides Hosting:ShutdownSeconds before they are killed.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>How long a host may take to end after it was told to.</summary>
    public static TimeSpan StopLimit(this IHost host) =>
        TimeSpan.FromSeconds(host.Services.GetRequiredService<IOptions<HostingOptions>>().Value.ShutdownSeconds) + Slack;

    /// <summary>Stops a host and disposes of it; what has not ended within the limit ends with the process.</summary>
    public static async Task EndAsync(this IHost host)
    {
        // Taken now: they are needed while the host is disposed of.
        var (limit, log) = (host.StopLimit(), host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(BoundedStop)));
        try
        {
            await StopAsync(host).WaitAsync(limit);
        }
        catch (TimeoutException exception)
        {
            NotEnded(log, limit.TotalSeconds, exception);
        }
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    [LoggerMessage(LogLevel.Warning, "It did not stop within {Seconds:0} s; what is left ends with the process.")]
    private static partial void NotEnded(ILogger log, double seconds, Exception exception);
}
