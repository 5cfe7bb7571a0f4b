using System.Diagnostics.Metrics;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What the sweeper sees.</summary>
internal static class RunTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Steps);
    private static readonly Gauge<long> Active = Meter.Gauge(MetricList.ActiveRuns);
    private static readonly Counter<long> NudgedCount = Meter.Counter(MetricList.RunsNudged);
    private static volatile SweepWatch? _watch;

    // Observed and not recorded: what hangs would record nothing, and the last value would stay.
    private static readonly ObservableGauge<double> SweepAge = Meter.ObservableGauge(
        MetricList.SweepAge, () => _watch is { } watch ? [new Measurement<double>(watch.Age.TotalSeconds)] : Array.Empty<Measurement<double>>());

    /// <summary>The watch whose age is exported from now on.</summary>
    public static void Watch(SweepWatch watch)
    {
        _ = SweepAge;
        _watch = watch;
    }

    /// <summary>A sweep has ended; 0 when this process no longer sweeps.</summary>
    public static void Swept(long active) => Active.Record(active);

    /// <summary>A run had ready steps that nobody spoke for.</summary>
    public static void Nudged() => NudgedCount.Add(1);
}
