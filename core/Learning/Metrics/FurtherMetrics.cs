using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics.Kinds;
using SparsePipeline.Learning.Tasks;

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
    /// <exception cref="DomainException"><see cref="FailureCodes.UnknownMethod"/>: there is none of that name; or the task has no classes.</exception>
    public static IReadOnlyList<IMetric> Of(EvaluateSpec spec, LearningTask task)
    {
        IReadOnlyList<IMetric> metrics = [.. (spec.Metrics ?? []).Select(Registry.Find)];
        return metrics.Count == 0 || task.HasClasses ? metrics : throw new DomainException(
            FailureCodes.InvalidOption,
            $"evaluation.metrics asks for {NameList.Quoted(spec.Metrics!)}, which are taken of classes, and the task '{task.Info.Name}' predicts none.",
            "Leave them out: what the task measures is always reported.");
    }
}
