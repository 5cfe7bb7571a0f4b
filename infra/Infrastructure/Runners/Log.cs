using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Runners;

internal static partial class Log
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Debug, Message = "Runner {ProcessId} is ready")]
    public static partial void RunnerReady(this ILogger logger, int processId);

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "Runner {ProcessId}: {Line}")]
    public static partial void RunnerSaid(this ILogger logger, int processId, string line);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "Runner {ProcessId} wrote a line that is no event: {Line}")]
    public static partial void NotAnEvent(this ILogger logger, int processId, string line);

    [LoggerMessage(EventId = 303, Level = LogLevel.Error, Message = "Runner {ProcessId} died during {Job}: {Reason}")]
    public static partial void RunnerDied(this ILogger logger, int processId, string job, string reason);

    [LoggerMessage(EventId = 304, Level = LogLevel.Information, Message = "Runner {ProcessId} has done its share or grown too large and is replaced")]
    public static partial void RunnerWornOut(this ILogger logger, int processId);

    [LoggerMessage(EventId = 305, Level = LogLevel.Error, Message = "Runner {ProcessId} was killed: {Reason}")]
    public static partial void RunnerSilent(this ILogger logger, int processId, string reason);
}
