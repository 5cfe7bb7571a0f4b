using Microsoft.Extensions.Logging;

namespace SparsePipeline.ServiceHost;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The {Service} {Version} is ready.")]
    public static partial void Ready(this ILogger log, string service, string version);

    [LoggerMessage(LogLevel.Information, "The {Service} is stopping: steps in hand save their place and are handed over.")]
    public static partial void Stopping(this ILogger log, string service);
}
