namespace SparsePipeline.Gateway;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "The gateway listens at {Address}.")]
    public static partial void Listening(this ILogger log, string address);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} could not be answered.")]
    public static partial void RequestFailed(this ILogger log, string method, string path, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Event {EventKey} did not get on and is looked at again. {Reason}")]
    public static partial void EventRests(this ILogger log, string eventKey, string reason);

    [LoggerMessage(LogLevel.Information, "Event {EventKey} of {Source} is {State}.")]
    public static partial void EventMoved(this ILogger log, string eventKey, string source, string state);

    [LoggerMessage(LogLevel.Warning, "The look at events that have not ended did not come through. {Reason}")]
    public static partial void SweepFailed(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "Subscription {Name} rests. {Reason}")]
    public static partial void SubscriptionRests(this ILogger log, string name, string reason);

    [LoggerMessage(LogLevel.Error, "The new certificate cannot be read; the one before is used on. {Reason}")]
    public static partial void CertificateNotRead(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "Open uploads could not be counted. {Reason}")]
    public static partial void UploadsNotCounted(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The audit of a request could not be written. {Reason}")]
    public static partial void AuditFailed(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "What happened to run {RunId} was not told yet, and is looked at again. {Reason}")]
    public static partial void RunNotTold(this ILogger log, string runId, string reason);

    [LoggerMessage(LogLevel.Warning, "{Outlet} did not take {Count} events, which are offered again. {Reason}")]
    public static partial void OutletAway(this ILogger log, string outlet, int count, string reason);

    [LoggerMessage(LogLevel.Warning, "The look at outgoing events did not come through. {Reason}")]
    public static partial void OutboxRests(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "Webhook {Name} is disabled. {Reason}")]
    public static partial void WebhookDisabled(this ILogger log, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "Deliveries to webhooks rest. {Reason}")]
    public static partial void DeliveriesRest(this ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The lineage of event {EventKey} was not taken for a day and is not sent.")]
    public static partial void LineageLost(this ILogger log, string eventKey);

    [LoggerMessage(LogLevel.Warning, "The lineage endpoint refuses an event with {Status}.")]
    public static partial void LineageRefused(this ILogger log, int status);

    [LoggerMessage(LogLevel.Warning, "Adoption {AdoptionId} did not get on and is tried again. {Reason}")]
    public static partial void AdoptionRests(this ILogger log, string adoptionId, string reason);
}
