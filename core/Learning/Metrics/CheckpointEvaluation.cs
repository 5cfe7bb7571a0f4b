using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Measures a checkpoint on every split there is.</summary>
public static class CheckpointEvaluation
{
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="spec">Its architecture, and the corruptions to measure under.</param>
    /// <param name="data">The data set, loaded.</param>
    /// <param name="progress">Told which corruption is next, and the share of them that is done.</param>
    /// <param name="cancellationToken">Looked at before each corruption.</param>
    /// <exception cref="DomainException">
    /// The checkpoint is corrupt, not finite or does not fit; a corruption is unknown or a severity out of range.
    /// </exception>
    public static EvaluationReport Run(
        string checkpoint, EvaluateSpec spec, DataSplits data, Action<string, double>? progress = null, CancellationToken cancellationToken = default)
    {
        var suite = new CorruptionSuite(spec, data.Shape);
        using var network = Networks.Load(spec.Model, data, checkpoint);
        var flops = Flops.Of(network, data.Shape);
        var shifts = new SortedDictionary<string, SplitReport>(StringComparer.Ordinal);
        foreach (var (name, split) in data.Shifts)
            shifts.Add(name, Scoring.Score(network, split, data));
        return new EvaluationReport
        {
            Test = Scoring.Score(network, data.Test, data),
            Validation = Scoring.Score(network, data.Validation, data),
            Shifts = shifts,
            Corruptions = suite.Measure(network, data, progress, cancellationToken),
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
        if (report.Test.BitsPerCharacter is { } bits)
            metrics[MetricNames.BitsPerCharacter] = bits;
        if (report.WorstShiftAccuracy is { } worst)
            metrics[MetricNames.WorstShiftAccuracy] = worst;
        if (report.CorruptedAccuracy is { } corrupted)
            metrics[MetricNames.CorruptedAccuracy] = corrupted;
        if (report.Shifts.Count > 0)
            metrics[MetricNames.ShiftedAccuracy] = Mean([.. report.Shifts.Values]);
        return metrics;
    }

    private static double Mean(IReadOnlyCollection<SplitReport> splits) => splits.Sum(s => s.Accuracy * s.Examples) / splits.Sum(s => s.Examples);
}
