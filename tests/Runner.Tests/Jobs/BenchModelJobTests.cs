using SparsePipeline.Contracts;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class BenchModelJobTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_layer_is_measured_both_ways_and_both_compute_the_same()
    {
        var trained = await _bench.TrainAsync(JobBench.Dense with { Epochs = 1 });
        var checkpoint = await _bench.Artifacts.FetchAsync(trained.Outputs![OutputNames.Checkpoint], CancellationToken.None);

        var reply = await _bench.BenchModelAsync(checkpoint, batch: 70);

        reply.Batch.ShouldBe(70);
        reply.Layers.Select(l => (l.Name, l.Weights)).ShouldBe([("layers.0", 64 * 16), ("layers.1", 16 * 10)]);
        reply.Layers.ShouldAllBe(l => l.NonZeros <= l.Weights && l.DenseSeconds > 0 && l.SparseSeconds > 0 && l.Difference <= 1e-4);
    }
}
