using System.Text.Json;
using SparsePipeline.Contracts;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class EvaluateJobTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_accuracy_comes_with_its_interval_and_no_corruption_is_measured_unasked()
    {
        var checkpoint = (await _bench.TrainAsync(JobBench.Dense)).Outputs![OutputNames.Checkpoint];

        var reply = await _bench.EvaluateAsync(checkpoint);

        var report = await ReadAsync(reply);
        foreach (var split in report.Shifts.Values.Append(report.Test).Append(report.Validation))
            split.Accuracy.ShouldBeInRange(split.AccuracyInterval!.Lower, split.AccuracyInterval.Upper);
        reply.Metrics[MetricNames.AccuracyLower].ShouldBe(report.Test.AccuracyInterval!.Lower);
        reply.Metrics[MetricNames.BrierScore].ShouldBe(report.Test.BrierScore!.Value);
        reply.Metrics[MetricNames.MaximumCalibrationError].ShouldBeGreaterThanOrEqualTo(reply.Metrics[MetricNames.ExpectedCalibrationError]);
        report.Corruptions.ShouldBeEmpty();
        reply.Metrics.ContainsKey(MetricNames.CorruptedAccuracy).ShouldBeFalse();
    }

    [Fact]
    public async Task Corruptions_are_measured_by_kind_and_severity_and_told_as_they_come()
    {
        var checkpoint = (await _bench.TrainAsync(JobBench.Dense)).Outputs![OutputNames.Checkpoint];
        var progress = new ProgressList();

        var reply = await _bench.EvaluateAsync(checkpoint, ["gaussian-noise", "rotate"], [1, 5], progress);

        var report = await ReadAsync(reply);
        report.Corruptions.Select(c => c.Name).ShouldBe(["gaussian-noise", "rotate"]);
        foreach (var corruption in report.Corruptions)
        {
            corruption.Severities.Select(s => s.Severity).ShouldBe([1, 5]);
            corruption.Severities[1].Split.Accuracy.ShouldBeLessThan(corruption.Severities[0].Split.Accuracy);
        }

        reply.Metrics[MetricNames.CorruptedAccuracy].ShouldBe(report.Corruptions.Average(c => c.Severities.Average(s => s.Split.Accuracy)), 1e-12);
        progress.Reports.Select(r => (r.Message, r.Fraction)).ShouldBe([("under gaussian-noise", 0), ("under rotate", 0.5)]);
    }

    private async Task<EvaluationReport> ReadAsync(Infrastructure.Runners.EvaluateReply reply)
    {
        await using var stream = File.OpenRead(await _bench.Artifacts.FetchAsync(reply.Report, TestContext.Current.CancellationToken));
        return (await JsonSerializer.DeserializeAsync<EvaluationReport>(stream, ContractJson.Options, TestContext.Current.CancellationToken))!;
    }
}
