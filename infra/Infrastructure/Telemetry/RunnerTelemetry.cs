using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What happens to runner processes.</summary>
internal static class RunnerTelemetry
{
    public const string Crashed = "crashed";
    public const string WornOut = "worn-out";
    public const string Killed = "killed";

    private static readonly Meter Meter = new(TelemetryNames.Runners);
    private static readonly Counter<long> StartedCount = Meter.Counter(MetricList.RunnersStarted);
    private static readonly Counter<long> ReplacedCount = Meter.Counter(MetricList.RunnersReplaced);

    public static void Started() => StartedCount.Add(1);

    public static void Ended(string reason) => ReplacedCount.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
