using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Finds out whether an evaluation can be made, without a network.</summary>
public static class EvaluationRehearsal
{
    /// <exception cref="DomainException">A corruption is not made for such data, a severity or the number of examples is out of range, or a metric is unknown.</exception>
    public static void Run(EvaluateSpec spec, DataSplits data)
    {
        _ = new CorruptionSuite(spec, MeasuredExamples.Of(data, spec).Shape);
        _ = FurtherMetrics.Of(spec, data.Task);
    }
}
