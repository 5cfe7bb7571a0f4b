using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class CheckpointEvaluationTests
{
    /// <summary>8 of 10 and 10 of 30: 18 of 40 together, the worse a third.</summary>
    [Fact]
    public void Shifts_are_told_as_all_their_examples_together_and_as_the_worst_group()
    {
        var metrics = CheckpointEvaluation.Metrics(Report(("family", 8, 10), ("script", 10, 30)));

        metrics[MetricNames.ShiftedAccuracy].ShouldBe(0.45, 1e-12);
        metrics[MetricNames.WorstShiftAccuracy].ShouldBe(1 / 3.0);
    }

    /// <summary>Written, it would change the digest of every report there is.</summary>
    [Fact]
    public void The_accuracy_over_all_shifted_examples_is_not_written_beside_the_splits_it_follows_from()
    {
        var report = Report(("family", 8, 10), ("script", 10, 30));

        var read = JsonSerializer.Deserialize<EvaluationReport>(JsonSerializer.Serialize(report, ContractJson.Options), ContractJson.Options)!;

        JsonSerializer.Serialize(report, ContractJson.Options).ShouldNotContain(MetricNames.ShiftedAccuracy);
        read.ShiftedAccuracy.ShouldBe(report.ShiftedAccuracy);
    }

    [Fact]
    public void Without_shifts_and_corruptions_nothing_is_said_of_them()
    {
        var metrics = CheckpointEvaluation.Metrics(Report());

        new[] { MetricNames.ShiftedAccuracy, MetricNames.WorstShiftAccuracy, MetricNames.CorruptedAccuracy }.ShouldNotContain(n => metrics.ContainsKey(n));
    }

    private static EvaluationReport Report(params (string Name, int Correct, int Examples)[] shifts) => new()
    {
        Test = Split(9, 10),
        Validation = Split(9, 10),
        Shifts = shifts.ToDictionary(s => s.Name, s => Split(s.Correct, s.Examples)),
        DenseFlops = 2,
        SparseFlops = 1,
    };

    /// <summary>Two classes, all of class 0, sure of every answer.</summary>
    private static SplitReport Split(int correct, int examples) => ClassificationMetrics.Of(
        Enumerable.Range(0, examples).SelectMany(i => i < correct ? new[] { 0f, -20f } : [-20f, 0f]).ToArray(), new byte[examples], classes: 2);
}
