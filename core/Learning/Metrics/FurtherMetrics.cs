using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics.Kinds;

namespace SparsePipeline.Learning.Metrics;

/// <summary>All metrics that recipes may ask for; a new one is added here.</summary>
internal static class FurtherMetrics
{
    public static MethodRegistry<IMetric> Registry { get; } = new(
        MethodAxes.Metric,
        [
            new BalancedAccuracy(),
            new ErrorDetection(),
            new MacroF1(),
            new Perplexity(),
            new TopFiveAccuracy(),
        ]);

    /// <summary>Those that a spec names.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>: there is none of that name.</exception>
    public static IReadOnlyList<IMetric> Of(EvaluateSpec spec) => [.. (spec.Metrics ?? []).Select(Registry.Find)];
}
