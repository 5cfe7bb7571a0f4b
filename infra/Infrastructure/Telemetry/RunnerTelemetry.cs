using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What happens to runner processes.</summary>
internal static class RunnerTelemetry
{
    public const string Crashed = "crashed";
    public const string WornOut = "worn-out";
    public const string Killed = "killed";
    public const string Silent = "silent";

    private static readonly ActivitySource Source = new(TelemetryNames.Runners);
    private static readonly Meter Meter = new(TelemetryNames.Runners);
    private static readonly Counter<long> StartedCount = Meter.Counter(MetricList.RunnersStarted);
    private static readonly Counter<long> ReplacedCount = Meter.Counter(MetricList.RunnersReplaced);
    private static readonly UpDownCounter<long> BusyCount = Meter.UpDownCounter(MetricList.RunnersBusy);

    public static void Started() => StartedCount.Add(1);

    public static void Ended(string reason) => ReplacedCount.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Busy(int change) => BusyCount.Add(change);

    /// <summary>A span around a job as its parent process sees it; null when nobody listens.</summary>
    public static Activity? StartJob(string job) => Source.StartActivity("runner " + job, ActivityKind.Client);
}
