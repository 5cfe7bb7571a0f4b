using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Measures a checkpoint on every split there is.</summary>
public static class CheckpointEvaluation
{
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="model">Its architecture.</param>
    /// <param name="data">The data set, loaded.</param>
    /// <exception cref="DomainException">The checkpoint is corrupt, not finite or does not fit.</exception>
    public static EvaluationReport Run(string checkpoint, ModelSpec model, DataSplits data)
    {
        using var network = Networks.Load(model, data, checkpoint);
        var flops = Flops.Of(network, data.Shape);
        var shifts = new SortedDictionary<string, SplitReport>(StringComparer.Ordinal);
        foreach (var (name, split) in data.Shifts)
            shifts.Add(name, Scoring.Score(network, split, data));
        return new EvaluationReport
        {
            Test = Scoring.Score(network, data.Test, data),
            Validation = Scoring.Score(network, data.Validation, data),
            Shifts = shifts,
            DenseFlops = flops.Dense,
            SparseFlops = flops.Sparse,
        };
    }

    /// <summary>The headline numbers of a report by <see cref="MetricNames"/>; shifted accuracy is over all shifted examples together.</summary>
    public static IReadOnlyDictionary<string, double> Metrics(EvaluationReport report)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.Accuracy] = report.Test.Accuracy,
            [MetricNames.AccuracyLower] = report.Test.AccuracyInterval!.Lower,
            [MetricNames.AccuracyUpper] = report.Test.AccuracyInterval.Upper,
            [MetricNames.Loss] = report.Test.Loss,
            [MetricNames.ExpectedCalibrationError] = report.Test.ExpectedCalibrationError,
            [MetricNames.MaximumCalibrationError] = report.Test.MaximumCalibrationError!.Value,
            [MetricNames.BrierScore] = report.Test.BrierScore!.Value,
            [MetricNames.WorstClassAccuracy] = report.Test.WorstClassAccuracy,
            [MetricNames.ValidationAccuracy] = report.Validation.Accuracy,
            [MetricNames.ValidationLoss] = report.Validation.Loss,
            [MetricNames.DenseFlops] = report.DenseFlops,
            [MetricNames.SparseFlops] = report.SparseFlops,
        };
        if (report.Shifts.Count > 0)
            metrics[MetricNames.ShiftedAccuracy] = Mean([.. report.Shifts.Values]);
        return metrics;
    }

    private static double Mean(IReadOnlyCollection<SplitReport> splits) => splits.Sum(s => s.Accuracy * s.Examples) / splits.Sum(s => s.Examples);
}
