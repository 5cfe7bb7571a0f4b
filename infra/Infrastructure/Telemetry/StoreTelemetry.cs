using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Requests to the object store.</summary>
internal static class StoreTelemetry
{
    private static readonly Meter Meter = new(TelemetryNames.Artifacts);
    private static readonly Counter<long> Requests = Meter.Counter(MetricList.StoreRequests);
    private static readonly Counter<long> Retries = Meter.Counter(MetricList.StoreRetries);

    /// <summary>A request was answered, or not.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="status">HTTP status; null when no answer came.</param>
    public static void Requested(string method, int? status) =>
        Requests.Add(1, new TagList { { "method", method }, { "outcome", OutcomeOf(status) } });

    /// <summary>A request is tried once more.</summary>
    public static void Retried() => Retries.Add(1);

    // A document that is not there, or a condition that does not hold, is how workers coordinate: neither is an error.
    private static string OutcomeOf(int? status) => status switch
    {
        null => "unanswered",
        < 400 => "ok",
        404 or 409 or 412 => "missing-or-changed",
        < 500 => "refused",
        _ => "failed",
    };
}
