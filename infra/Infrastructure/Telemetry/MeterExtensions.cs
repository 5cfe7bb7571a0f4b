using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Instruments from their entries in <see cref="MetricList"/>, so that code and documentation cannot differ.</summary>
internal static class MeterExtensions
{
    // From a step of milliseconds to a training of hours.
    private static readonly double[] Seconds = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 180, 600, 1800, 3600, 10_800, 36_000];

    public static Counter<long> Counter(this Meter meter, MetricInfo info) =>
        meter.CreateCounter<long>(info.Name, info.Unit, info.Description);

    public static Gauge<long> Gauge(this Meter meter, MetricInfo info) =>
        meter.CreateGauge<long>(info.Name, info.Unit, info.Description);

    public static ObservableGauge<double> ObservableGauge(this Meter meter, MetricInfo info, Func<IEnumerable<Measurement<double>>> observe) =>
        meter.CreateObservableGauge(info.Name, observe, info.Unit, info.Description);

    public static UpDownCounter<long> UpDownCounter(this Meter meter, MetricInfo info) =>
        meter.CreateUpDownCounter<long>(info.Name, info.Unit, info.Description);

    public static Histogram<double> Histogram(this Meter meter, MetricInfo info) =>
        meter.CreateHistogram(info.Name, info.Unit, info.Description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
}
