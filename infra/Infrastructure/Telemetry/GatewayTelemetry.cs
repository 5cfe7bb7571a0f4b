using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What the gateway measures.</summary>
public static class GatewayTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Gateway);
    private static readonly Counter<long> Requests = Meter.Counter(GatewayMetrics.Requests);
    private static readonly Histogram<double> RequestSeconds = Meter.Histogram(GatewayMetrics.RequestSeconds);
    private static readonly Counter<long> Events = Meter.Counter(GatewayMetrics.Events);
    private static readonly Histogram<double> EventAge = Meter.Histogram(GatewayMetrics.EventAge);
    private static readonly Gauge<long> Pending = Meter.Gauge(GatewayMetrics.EventsPending);
    private static readonly Gauge<long> OpenUploads = Meter.Gauge(GatewayMetrics.UploadsOpen);
    private static readonly Counter<long> Bytes = Meter.Counter(GatewayMetrics.UploadBytes);
    private static readonly Counter<long> Rejected = Meter.Counter(GatewayMetrics.KeysRejected);
    private static readonly Counter<long> Hooks = Meter.Counter(GatewayMetrics.Hooks);
    private static volatile Func<TimeSpan>? _stuck;

    // Observed and not recorded: a sweep that hangs would record nothing, and the last value would stay.
    private static readonly ObservableGauge<double> Stuck = Meter.ObservableGauge(
        GatewayMetrics.EventsStuck, () => _stuck is { } age ? [new Measurement<double>(age().TotalSeconds)] : Array.Empty<Measurement<double>>());

    /// <summary>A request was answered.</summary>
    /// <param name="route">Method and pattern of the endpoint.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="took">Until the end of the answer.</param>
    public static void Answered(string route, int status, TimeSpan took)
    {
        Requests.Add(1, new TagList { { "route", route }, { "status", status } });
        RequestSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("route", route));
    }

    /// <summary>An event came, or came to its end.</summary>
    public static void EventCame(string type, string outcome) => Events.Add(1, new TagList { { "type", type }, { "outcome", outcome } });

    /// <summary>An event was worked off.</summary>
    /// <param name="age">Since its receipt; clocks that differ may make it negative, which counts as none.</param>
    public static void EventEnded(TimeSpan age) => EventAge.Record(Math.Max(0, age.TotalSeconds));

    /// <summary>A sweep has looked at the events that have not come to their end.</summary>
    public static void SweptEvents(long pending) => Pending.Record(pending);

    /// <summary>Says from now on for how long this process has failed at something that it fails at still.</summary>
    public static void WatchEvents(Func<TimeSpan> stuck)
    {
        _ = Stuck;
        _stuck = stuck;
    }

    /// <summary>Uploads were counted.</summary>
    public static void CountedUploads(long open) => OpenUploads.Record(open);

    /// <summary>All bytes of an upload have come.</summary>
    public static void UploadReceived(long bytes) => Bytes.Add(bytes);

    /// <summary>Somebody was not let in.</summary>
    public static void KeyRejected(string reason) => Rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>A message came to a hook.</summary>
    public static void HookReceived(string kind, string outcome) => Hooks.Add(1, new TagList { { "kind", kind }, { "outcome", outcome } });
}
