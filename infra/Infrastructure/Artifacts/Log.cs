using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Artifacts;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "disk full at {Path}, waiting; free space or stop")]
    public static partial void DiskIsFull(this ILogger log, string path);

    [LoggerMessage(LogLevel.Information, "There is space at {Path} again; work goes on.")]
    public static partial void DiskHasSpace(this ILogger log, string path);
}
