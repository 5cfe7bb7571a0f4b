namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>The metrics of what goes from the gateway to others.</summary>
public static class OutgoingMetrics
{
    private const string Counter = "counter";
    private const string Gauge = "gauge";

    public static readonly MetricInfo Streams = new(TelemetryNames.Gateway, "sparsepipeline.gateway.streams", Gauge, "{stream}",
        "none", "Streams of events that are open now.");

    public static readonly MetricInfo WebhookDeliveries = new(TelemetryNames.Gateway, "sparsepipeline.gateway.webhook.deliveries", Counter, "{try}",
        "outcome: delivered, waiting, failed", "Tries to deliver an event to a webhook, by what became of the delivery.");

    public static readonly MetricInfo WebhookOldest = new(TelemetryNames.Gateway, "sparsepipeline.gateway.webhook.oldest", Gauge, "s",
        "none", "Age of the oldest event that is still to be delivered, as the gateway that delivers sees it, also to webhooks that are disabled; 0 in all others.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Streams, WebhookDeliveries, WebhookOldest];
}
