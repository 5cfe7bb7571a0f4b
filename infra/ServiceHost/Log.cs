using Microsoft.Extensions.Logging;

namespace SparsePipeline.ServiceHost;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The {Service} {Version} is ready.")]
    public static partial void Ready(this ILogger log, string service, string version);

    [LoggerMessage(LogLevel.Warning, "Not ready. {Reasons}")]
    public static partial void NotReady(this ILogger log, string reasons);

    [LoggerMessage(LogLevel.Information, "Ready again.")]
    public static partial void ReadyAgain(this ILogger log);

    [LoggerMessage(LogLevel.Information, "The {Service} is stopping: steps in hand save their place and are handed over.")]
    public static partial void Stopping(this ILogger log, string service);
}
