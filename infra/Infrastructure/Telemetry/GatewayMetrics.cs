namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>The metrics of the gateway.</summary>
public static class GatewayMetrics
{
    private const string Counter = "counter";
    private const string Gauge = "gauge";
    private const string Histogram = "histogram";

    public static readonly MetricInfo Requests = new(TelemetryNames.Gateway, "sparsepipeline.gateway.requests", Counter, "{request}",
        "route: method and path as in openapi/v1.json, or none; status: that of HTTP, 499 when nobody waited for it", "Requests that were answered.");

    public static readonly MetricInfo RequestSeconds = new(TelemetryNames.Gateway, "sparsepipeline.gateway.request.duration", Histogram, "s",
        "route: as above", "Time from a request to the end of its answer; of an upload with all its bytes.");

    public static readonly MetricInfo Events = new(TelemetryNames.Gateway, "sparsepipeline.gateway.events", Counter, "{event}",
        "type: that of the event; outcome: accepted, duplicate, conflict, dispatched, unmatched, rejected", "Events that came, and what became of them.");

    public static readonly MetricInfo EventAge = new(TelemetryNames.Gateway, "sparsepipeline.gateway.event.age", Histogram, "s",
        "none", "Time from receipt of an event to its end as dispatched or unmatched; subscriptions make events wait on purpose.");

    public static readonly MetricInfo EventsPending = new(TelemetryNames.Gateway, "sparsepipeline.gateway.events.pending", Gauge, "{event}",
        "none", "Events that have not come to their end, as the last sweep of this process saw them: every gateway sees all.");

    public static readonly MetricInfo EventsStuck = new(TelemetryNames.Gateway, "sparsepipeline.gateway.events.stuck", Gauge, "s",
        "none", "Time since this process first failed to move an event on, or to look for events at all, of what it fails at still; 0 when all goes well. To wait for an upload or a run is no failure.");

    public static readonly MetricInfo UploadsOpen = new(TelemetryNames.Gateway, "sparsepipeline.gateway.uploads.open", Gauge, "{upload}",
        "none", "Uploads whose bytes have not come, of all gateways; counted every minute.");

    public static readonly MetricInfo UploadBytes = new(TelemetryNames.Gateway, "sparsepipeline.gateway.upload.bytes", Counter, "By",
        "none", "Bytes of uploads that came to their end.");

    public static readonly MetricInfo KeysRejected = new(TelemetryNames.Gateway, "sparsepipeline.gateway.keys.rejected", Counter, "{request}",
        "reason: missing, malformed, invalid, held-back, role", "Requests that were not let in. Invalid is a key that is unknown, wrong, expired or revoked; held-back came from an address that had sent too many such.");

    public static readonly MetricInfo Hooks = new(TelemetryNames.Gateway, "sparsepipeline.gateway.hooks", Counter, "{message}",
        "kind: that of the hook; outcome: accepted, duplicate, ignored, refused", "Messages to hooks that exist.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } =
        [Requests, RequestSeconds, Events, EventAge, EventsPending, EventsStuck, UploadsOpen, UploadBytes, KeysRejected, Hooks];
}
