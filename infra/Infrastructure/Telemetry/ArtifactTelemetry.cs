using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>What passes through the artifact store.</summary>
internal static class ArtifactTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Artifacts);
    private static readonly Counter<long> Bytes = Meter.Counter(MetricList.ArtifactBytes);

    public static void Stored(long bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "stored"));

    public static void Verified(long bytes) => Bytes.Add(bytes, new KeyValuePair<string, object?>("direction", "verified"));
}
