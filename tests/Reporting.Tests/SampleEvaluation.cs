using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

/// <summary>What an evaluation could have found, for an accuracy.</summary>
internal static class SampleEvaluation
{
    public static EvaluationReport Of(double accuracy) => new()
    {
        Test = Split(accuracy, 400),
        Validation = Split(accuracy + 0.004, 120),
        Shifts = new Dictionary<string, SplitReport> { ["unseen-writers"] = Split(accuracy - 0.12, 517) },
        DenseFlops = 9_000,
        SparseFlops = 600,
    };

    /// <summary>The same with metrics on the test split and the shift, one of them of a version to come.</summary>
    public static EvaluationReport WithMetrics(EvaluationReport report) => report with
    {
        Test = report.Test with { Metrics = new Dictionary<string, double> { ["macro-f1"] = 0.875, ["perplexity"] = 1.5, ["of-tomorrow"] = 3 } },
        Shifts = report.Shifts.ToDictionary(s => s.Key, s => s.Value with { Metrics = new Dictionary<string, double> { ["macro-f1"] = 0.5 } }),
    };

    /// <summary>The first examples of each split are right.</summary>
    public static CorrectnessReport Correctness(double accuracy) => new()
    {
        Test = Correct(accuracy, 400),
        Validation = Correct(accuracy + 0.004, 120),
        Shifts = new Dictionary<string, CorrectExamples> { ["unseen-writers"] = Correct(accuracy - 0.12, 517) },
    };

    public static SplitReport Split(double accuracy, int examples) => new()
    {
        Examples = examples,
        Accuracy = accuracy,
        AccuracyInterval = WilsonInterval.Of(accuracy * examples, examples),
        Loss = 0.3 - (accuracy / 5),
        ExpectedCalibrationError = 0.031,
        MaximumCalibrationError = 0.144,
        BrierScore = 0.122,
        WorstClassAccuracy = accuracy - 0.08,
        WorstClassInterval = WilsonInterval.Of((accuracy - 0.08) * 40, 40),
        ClassAccuracies = [accuracy - 0.08, accuracy, null],
    };

    private static CorrectExamples Correct(double accuracy, int examples) =>
        CorrectExamples.Of([.. Enumerable.Range(0, examples).Select(i => i < accuracy * examples)]);
}
