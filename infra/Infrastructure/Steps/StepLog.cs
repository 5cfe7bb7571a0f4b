using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Steps;

internal static partial class StepLog
{
    [LoggerMessage(LogLevel.Warning, "There is no run {RunId} in the store; its event is ignored.")]
    public static partial void UnknownRun(this ILogger log, string runId);

    [LoggerMessage(LogLevel.Debug, "Took {Kind} step {StepKey} ({Node}) of run {RunId}.")]
    public static partial void Dispatched(this ILogger log, string kind, string stepKey, string node, string runId);

    [LoggerMessage(LogLevel.Information, "The {Kind} step was interrupted and can be resumed: {Reason}.")]
    public static partial void Interrupted(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step starts over: its resume point cannot be used. {Reason}")]
    public static partial void ResumePointLost(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step failed for good ({Code}): {Reason}")]
    public static partial void Refused(this ILogger log, string kind, string code, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step threw; another try may help.")]
    public static partial void StepThrew(this ILogger log, string kind, Exception exception);
}
