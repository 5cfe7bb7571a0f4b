using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Measures a checkpoint, or several that vote, on every split there is.</summary>
public static class CheckpointEvaluation
{
    /// <param name="checkpoints">Safetensors files: the spec's checkpoint, then the others it names.</param>
    /// <param name="spec">Their architecture, and the corruptions to measure under.</param>
    /// <param name="data">The data set, loaded.</param>
    /// <param name="progress">Told which corruption is next, and the share of them that is done.</param>
    /// <param name="script">File of the model's script; null for models that are built in.</param>
    /// <param name="cancellationToken">Looked at before each corruption.</param>
    /// <exception cref="DomainException">
    /// A checkpoint is corrupt, not finite or does not fit; a corruption or metric is unknown, or a severity or the number of examples out of range.
    /// </exception>
    public static Measurement Run(
        IReadOnlyList<string> checkpoints, EvaluateSpec spec, DataSplits data, Action<string, double>? progress = null, string? script = null, CancellationToken cancellationToken = default)
    {
        data = MeasuredExamples.Of(data, spec);
        var suite = new CorruptionSuite(spec, data.Shape);
        using var jury = new Jury(spec.Model, data, checkpoints, script, FurtherMetrics.Of(spec, data.Task));
        var (test, validation) = (jury.Measure(data.Test), jury.Measure(data.Validation));
        var shifts = new SortedDictionary<string, MeasuredSplit>(StringComparer.Ordinal);
        foreach (var (name, split) in data.Shifts)
            shifts.Add(name, jury.Measure(split));
        var flops = jury.Flops();
        var report = new EvaluationReport
        {
            Test = test.Report,
            Validation = validation.Report,
            Shifts = Select(shifts, s => s.Report),
            Corruptions = suite.Measure(jury, data, progress, cancellationToken),
            DenseFlops = flops?.Dense,
            SparseFlops = flops?.Sparse,
            Compression = checkpoints.Count == 1 ? Compression(checkpoints[0], script) : null,
        };
        var correctness = test.Correct is null || validation.Correct is null
            ? null
            : new CorrectnessReport { Test = test.Correct, Validation = validation.Correct, Shifts = Select(shifts, s => s.Correct!) };
        return new Measurement(report, correctness, ByExample(test, validation, shifts));
    }

    private static ExampleMeasures? ByExample(MeasuredSplit test, MeasuredSplit validation, SortedDictionary<string, MeasuredSplit> shifts) =>
        test is { Report.Primary: { } measure, Values: { } values } && validation.Values is { } onValidation
            ? new ExampleMeasures { Measure = measure, Test = values, Validation = onValidation, Shifts = Select(shifts, s => s.Values!) }
            : null;

    private static SortedDictionary<string, T> Select<T>(SortedDictionary<string, MeasuredSplit> shifts, Func<MeasuredSplit, T> part) =>
        new(shifts.ToDictionary(s => s.Key, s => part(s.Value)), StringComparer.Ordinal);

    /// <summary>The headline numbers of a report by <see cref="MetricNames"/>.</summary>
    public static IReadOnlyDictionary<string, double> Metrics(EvaluationReport report)
    {
        var metrics = report.Test.Primary is { } measure ? OfTask(report, measure) : OfClasses(report);
        if (report.Test.BitsPerCharacter is { } bits)
            metrics[MetricNames.BitsPerCharacter] = bits;
        if (report is { DenseFlops: { } dense, SparseFlops: { } sparse })
            (metrics[MetricNames.DenseFlops], metrics[MetricNames.SparseFlops]) = (dense, sparse);
        if (report.WorstShiftAccuracy is { } worst)
            metrics[MetricNames.WorstShiftAccuracy] = worst;
        if (report.CorruptedAccuracy is { } corrupted)
            metrics[MetricNames.CorruptedAccuracy] = corrupted;
        if (report.ShiftedAccuracy is { } shifted)
            metrics[MetricNames.ShiftedAccuracy] = shifted;
        foreach (var (name, value) in report.Test.Metrics ?? new Dictionary<string, double>(StringComparer.Ordinal))
            metrics[name] = value;
        return metrics;
    }

    private static SortedDictionary<string, double> OfClasses(EvaluationReport report) => new(StringComparer.Ordinal)
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
    };

    private static SortedDictionary<string, double> OfTask(EvaluationReport report, string measure) => new(StringComparer.Ordinal)
    {
        [MetricNames.Test + measure] = report.Test.Measure,
        [MetricNames.OnValidation(measure)] = report.Validation.Measure,
        [MetricNames.Loss] = report.Test.Loss,
        [MetricNames.ValidationLoss] = report.Validation.Loss,
    };

    private static CompressionReport Compression(string checkpoint, string? script)
    {
        using var file = CheckpointFile.Open(checkpoint, CheckpointUse.Network);
        return CheckpointCompression.Of(file, script);
    }
}
