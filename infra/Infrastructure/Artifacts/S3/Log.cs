using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Error}; trying again in {Seconds:0.0} s")]
    public static partial void RequestRetried(this ILogger logger, string error, double seconds);
}
