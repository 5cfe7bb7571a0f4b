using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Runs;

internal static partial class RunLog
{
    [LoggerMessage(LogLevel.Warning, "There is no run {RunId} in the store; its event is ignored, and so were {Count} others since the last such line.")]
    public static partial void UnknownRun(this ILogger log, string runId, long count);

    [LoggerMessage(LogLevel.Information, "This process sweeps the active runs now.")]
    public static partial void Sweeping(this ILogger log);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} is refused: {Reason} {Remedy}")]
    public static partial void RunRefused(this ILogger log, string runId, string reason, string remedy);

    [LoggerMessage(LogLevel.Information, "Nudged run {RunId}: nobody spoke for {Count} of its ready steps.")]
    public static partial void Nudged(this ILogger log, string runId, int count);

    [LoggerMessage(LogLevel.Warning, "The sweep of run {RunId} failed and is tried again at the next one: {Reason}")]
    public static partial void RunNotSwept(this ILogger log, string runId, string reason);

    [LoggerMessage(LogLevel.Error, "The sweep got through no run for {Seconds:0} s: it is left behind, and another process may sweep.")]
    public static partial void SweepStoodStill(this ILogger log, double seconds);

    [LoggerMessage(LogLevel.Warning, "No more runs are nudged by this sweep: {Reason}")]
    public static partial void NudgesStopped(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} was stored and not among the active ones: it is looked after again.")]
    public static partial void RunRemembered(this ILogger log, string runId);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} could not be compared with the active ones: {Reason}")]
    public static partial void RunNotCompared(this ILogger log, string runId, string reason);

    [LoggerMessage(LogLevel.Warning, "A sweep was cut short and is tried again: {Reason}")]
    public static partial void SweepFailed(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The run of recipe {Name} was not rehearsed; its steps will say what is wrong. {Reason}")]
    public static partial void NotRehearsed(this ILogger log, string name, string reason);
}
