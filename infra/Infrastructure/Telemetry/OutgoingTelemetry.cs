using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What goes from the gateway to others.</summary>
public static class OutgoingTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Gateway);
    private static readonly UpDownCounter<long> Streams = Meter.UpDownCounter(OutgoingMetrics.Streams);
    private static readonly Counter<long> Deliveries = Meter.Counter(OutgoingMetrics.WebhookDeliveries);
    private static readonly Gauge<long> Oldest = Meter.Gauge(OutgoingMetrics.WebhookOldest);

    /// <summary>A reader has come.</summary>
    public static void StreamOpened() => Streams.Add(1);

    /// <summary>A reader has gone.</summary>
    public static void StreamClosed() => Streams.Add(-1);

    /// <summary>A try of a delivery was made.</summary>
    /// <param name="outcome">The state of the delivery after it.</param>
    public static void Delivered(string outcome) => Deliveries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>How old the event of the delivery is that waits for longest; zero when none waits, or when another gateway sends.</summary>
    public static void Waiting(TimeSpan oldest) => Oldest.Record((long)oldest.TotalSeconds);
}
