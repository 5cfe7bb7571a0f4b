using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Instruments from their entries in <see cref="MetricList"/>, so that code and documentation cannot differ.</summary>
internal static class MeterExtensions
{
    public static Counter<long> Counter(this Meter meter, MetricInfo info) =>
        meter.CreateCounter<long>(info.Name, info.Unit, info.Description);

    public static Histogram<double> Histogram(this Meter meter, MetricInfo info) =>
        meter.CreateHistogram<double>(info.Name, info.Unit, info.Description);
}
