using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Hosting;

internal static partial class HostingLog
{
    [LoggerMessage(LogLevel.Warning, "Waiting for the object store. {Reason}")]
    public static partial void StoreIsAwaited(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "The service stops: {Reason} {Remedy}")]
    public static partial void StoreRefused(this ILogger log, string reason, string remedy);

    [LoggerMessage(LogLevel.Information, "The object store can be used.")]
    public static partial void StoreCanBeUsed(this ILogger log);
}
