using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Bus;

internal static partial class BusLog
{
    [LoggerMessage(LogLevel.Warning, "{Problem} Trying again until it can be used.")]
    public static partial void BrokerIsAway(this ILogger log, string problem);

    [LoggerMessage(LogLevel.Information, "The broker {Host}:{Port} can be used again.")]
    public static partial void BrokerIsBack(this ILogger log, string host, int port);

    [LoggerMessage(LogLevel.Warning, "{Problem} Nothing is taken from the queues until it is right.")]
    public static partial void ClockIsWrong(this ILogger log, string problem);

    [LoggerMessage(LogLevel.Information, "This machine's clock is right again; the queues are listened to.")]
    public static partial void ClockIsRight(this ILogger log);

    [LoggerMessage(LogLevel.Error, "Nobody listens to {Queues} although this process believes it does: it builds its bus anew.")]
    public static partial void ConsumersLost(this ILogger log, string queues);

    [LoggerMessage(LogLevel.Warning, "The bus could not be started because the broker left off in the middle of it: it is built anew.")]
    public static partial void BusStuck(this ILogger log, Exception cause);

    [LoggerMessage(LogLevel.Warning, "The bus did not stop in good order; what is left of it ends with the process.")]
    public static partial void BusNotStopped(this ILogger log, Exception cause);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    public static partial void MessageNotConfirmed(this ILogger log, string problem);

    [LoggerMessage(LogLevel.Error, "The broker answers, but it confirmed none of the last messages of this process: the bus is built anew.")]
    public static partial void ConfirmationsMissing(this ILogger log);

    [LoggerMessage(LogLevel.Information, "Events are read from the queue {Queue}.")]
    public static partial void IngestReads(this ILogger log, string queue);

    [LoggerMessage(LogLevel.Warning, "Events over AMQP wait. {Reason}")]
    public static partial void IngestRests(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "A message could not be taken in and is given back to the broker. {Reason}")]
    public static partial void IngestGivesBack(this ILogger log, string reason);
}
