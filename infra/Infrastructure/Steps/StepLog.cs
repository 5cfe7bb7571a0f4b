using Microsoft.Extensions.Logging;

namespace SparsePipeline.Infrastructure.Steps;

internal static partial class StepLog
{
    [LoggerMessage(LogLevel.Warning, "Run {RunId} cannot be planned here: {Reason} {Remedy}")]
    public static partial void CannotPlan(this ILogger log, string runId, string reason, string remedy);

    [LoggerMessage(
        LogLevel.Warning,
        "Run {RunId} waits at {Node}, a step of kind '{Kind}', for workers of the version that submitted it; this version does not know all of that step: {Reason}")]
    public static partial void WaitsForOtherVersion(this ILogger log, string runId, string node, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "A {Kind} command was left to other workers: {Reason}")]
    public static partial void LeftToOthers(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The claim of a {Kind} step that threw could not be changed and has to run out: {Reason}")]
    public static partial void FaultNotRecorded(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Debug, "News of a step was not published: {Reason}")]
    public static partial void NewsLost(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Debug, "Sent {Kind} step {StepKey} ({Node}) of run {RunId}.")]
    public static partial void Dispatched(this ILogger log, string kind, string stepKey, string node, string runId);

    [LoggerMessage(LogLevel.Information, "The {Kind} step was interrupted and can be resumed: {Reason}.")]
    public static partial void Interrupted(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step was given up here and others may take it: {Reason}.")]
    public static partial void StoodStill(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Error, "A document counts as missing: {Reason}")]
    public static partial void DocumentDamaged(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The damaged document {Key} was set aside as {Path}.")]
    public static partial void DocumentSetAside(this ILogger log, string key, string path);

    [LoggerMessage(LogLevel.Error, "The result of step {StepKey} counts as missing: {Reason}")]
    public static partial void ResultDamaged(this ILogger log, string stepKey, string reason);

    [LoggerMessage(LogLevel.Warning, "The damaged result of step {StepKey} was set aside as {Path}.")]
    public static partial void ResultSetAside(this ILogger log, string stepKey, string path);

    [LoggerMessage(LogLevel.Warning, "The result of step {StepKey}, which {Node} of run {RunId} needs, is gone from the store: it is computed again.")]
    public static partial void ResultGone(this ILogger log, string stepKey, string node, string runId);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step starts over: its resume point cannot be used. {Reason}")]
    public static partial void ResumePointLost(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "A resume point of the {Kind} step could not be remembered; the step goes on. {Reason}")]
    public static partial void ResumePointNotRemembered(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step failed for good ({Code}): {Reason}")]
    public static partial void Refused(this ILogger log, string kind, string code, string reason);

    [LoggerMessage(LogLevel.Warning, "A {Kind} step waits for the store: {Reason}")]
    public static partial void StepWaits(this ILogger log, string kind, string reason);

    [LoggerMessage(LogLevel.Warning, "The {Kind} step threw; another try may help.")]
    public static partial void StepThrew(this ILogger log, string kind, Exception exception);
}
