using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What the sweeper sees.</summary>
internal static class RunTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Steps);
    private static readonly Gauge<long> Active = Meter.Gauge(MetricList.ActiveRuns);
    private static readonly Counter<long> NudgedCount = Meter.Counter(MetricList.RunsNudged);

    /// <summary>A sweep has ended; 0 when this process no longer sweeps.</summary>
    public static void Swept(long active) => Active.Record(active);

    /// <summary>A run had ready steps that nobody spoke for.</summary>
    public static void Nudged() => NudgedCount.Add(1);
}
