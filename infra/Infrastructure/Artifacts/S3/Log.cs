using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "{Error}; trying again until it is answered")]
    public static partial void StoreFails(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Debug, "{Error}; trying again")]
    public static partial void RequestRetried(this ILogger logger, string error);

    [LoggerMessage(LogLevel.Information, "The object store answers again after {Seconds:0} s.")]
    public static partial void StoreAnswers(this ILogger logger, double seconds);
}
