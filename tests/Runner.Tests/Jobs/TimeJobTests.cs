using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class TimeJobTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_layer_is_measured_both_ways_and_both_compute_the_same()
    {
        var trained = await _bench.TrainAsync(JobBench.Dense with { Epochs = 1 });
        var progress = new ProgressList();

        var reply = await _bench.TimeAsync(trained.Outputs![OutputNames.Checkpoint], batch: 70, progress);

        var report = await StoredJson.ReadAsync<LatencyReport>(_bench.Artifacts, reply.Report, TestContext.Current.CancellationToken);
        (report.Batch, report.Machine).ShouldBe((70, MachineDescription.Current()));
        report.Layers.Select(l => (l.Name, l.Weights)).ShouldBe([("layers.0", 64 * 16), ("layers.1", 16 * 10)]);
        report.Layers.ShouldAllBe(l => l.NonZeros <= l.Weights && l.DenseSeconds > 0 && l.SparseSeconds > 0 && l.Agrees);
        progress.Reports.Select(r => (r.Message, r.Fraction)).ShouldBe([("timing layers.0", 0), ("timing layers.1", 0.5)]);
    }
}
