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

    [Fact]
    public async Task Metrics_that_are_asked_for_are_measured_on_every_split_and_change_nothing_else()
    {
        var checkpoint = (await _bench.TrainAsync(JobBench.Dense)).Outputs![OutputNames.Checkpoint];
        var plain = await ReadAsync(await _bench.EvaluateAsync(checkpoint));

        var reply = await _bench.EvaluateAsync(checkpoint, metrics: ["balanced-accuracy", "macro-f1"]);

        var report = await ReadAsync(reply);
        foreach (var split in report.Shifts.Values.Append(report.Test).Append(report.Validation))
            split.Metrics.ShouldNotBeNull().Keys.ShouldBe(["balanced-accuracy", "macro-f1"]);
        report.Test.Metrics!["balanced-accuracy"].ShouldBe(report.Test.ClassAccuracies!.Average()!.Value, 1e-12);
        reply.Metrics["macro-f1"].ShouldBe(report.Test.Metrics["macro-f1"]);
        plain.Test.Metrics.ShouldBeNull();
        JsonSerializer.Serialize(report.Test with { Metrics = null }).ShouldBe(JsonSerializer.Serialize(plain.Test));
        (await Should.ThrowAsync<DomainException>(() => _bench.EvaluateAsync(checkpoint, metrics: ["macro-f2"]))).Failure.Code.ShouldBe(FailureCodes.UnknownMethod);
    }

    [Fact]
    public async Task Compression_is_always_told_and_nothing_is_timed()
    {
        var checkpoint = (await _bench.TrainAsync(JobBench.Dense with { Epochs = 1 })).Outputs![OutputNames.Checkpoint];

        var plain = await ReadAsync(await _bench.EvaluateAsync(checkpoint));

        plain.Latency.ShouldBeNull();
        plain.Compression!.Layers.Select(l => (l.Name, l.Total, l.Rows)).ShouldBe([("layers.0.weight", 1024, 16), ("layers.1.weight", 160, 10)]);
        plain.Compression.Exports.Safetensors.ShouldBe(new FileInfo(await _bench.Artifacts.FetchAsync(checkpoint, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task What_is_right_is_stored_example_by_example()
    {
        var checkpoint = (await _bench.TrainAsync(JobBench.Dense)).Outputs![OutputNames.Checkpoint];

        var reply = await _bench.EvaluateAsync(checkpoint);

        var (report, correct) = (await ReadAsync(reply), await ReadAsync<CorrectnessReport>(reply.Correctness!));
        correct.Shifts.Keys.ShouldBe(report.Shifts.Keys, ignoreOrder: true);
        foreach (var (examples, split) in correct.Shifts.Select(s => (s.Value, report.Shifts[s.Key])).Append((correct.Test, report.Test)).Append((correct.Validation, report.Validation)))
            ((double)Enumerable.Range(0, examples.Predictions).Count(examples.IsCorrect) / split.Examples).ShouldBe(split.Accuracy, 1e-12);
    }

    [Fact]
    public async Task Several_networks_vote_and_cost_what_they_cost_together()
    {
        var first = (await _bench.TrainAsync(JobBench.Dense)).Outputs![OutputNames.Checkpoint];
        var second = (await _bench.TrainAsync(JobBench.Dense with { Seed = 2 })).Outputs![OutputNames.Checkpoint];
        var (alone, other) = (await ReadAsync(await _bench.EvaluateAsync(first)), await ReadAsync(await _bench.EvaluateAsync(second)));

        var (vote, twice) = (await ReadAsync(await _bench.EvaluateAsync(first, others: [second])), await ReadAsync(await _bench.EvaluateAsync(first, others: [first])));

        // The negative logarithm is convex, so the mean of probabilities loses no more than the mean of the losses.
        vote.Test.Loss.ShouldBeLessThan((alone.Test.Loss + other.Test.Loss) / 2);
        vote.DenseFlops.ShouldBe(2 * alone.DenseFlops);
        twice.Test.Accuracy.ShouldBe(alone.Test.Accuracy);
        twice.Test.Loss.ShouldBe(alone.Test.Loss, 1e-6);
    }

    private Task<EvaluationReport> ReadAsync(Infrastructure.Runners.EvaluateReply reply) => ReadAsync<EvaluationReport>(reply.Report);

    private async Task<T> ReadAsync<T>(ArtifactRef reference)
    {
        await using var stream = File.OpenRead(await _bench.Artifacts.FetchAsync(reference, TestContext.Current.CancellationToken));
        return (await JsonSerializer.DeserializeAsync<T>(stream, ContractJson.Options, TestContext.Current.CancellationToken))!;
    }
}
