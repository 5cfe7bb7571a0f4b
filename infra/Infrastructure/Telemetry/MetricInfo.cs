namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>One metric as <c>docs/metrics.md</c> lists it.</summary>
/// <param name="Meter">One of <see cref="TelemetryNames"/>.</param>
/// <param name="Name">As exported.</param>
/// <param name="Kind"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
/// <param name="Unit">In UCUM notation.</param>
/// <param name="Tags">Names with their possible values; few, because every combination is a time series.</param>
/// <param name="Description">What is counted.</param>
public sealed record MetricInfo(string Meter, string Name, string Kind, string Unit, string Tags, string Description);
