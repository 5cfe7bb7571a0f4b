using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Metrics;
using TorchSharp;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures every layer of a network twice: dense by libtorch, and with its zeros left out.</summary>
public sealed class BenchModelJob(DataCache data, TimeProvider time) : IRunnerJob
{
    public string Name => RunnerJobs.BenchModel;

    public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var bench = JobJson.Read<BenchModelRequest>(request);
        var layers = new List<LayerLatency>();
        LayerCapture.ForEach(bench.Checkpoint, bench.Model, data.Load(bench.Data), bench.Batch, layer =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            layers.Add(Measure(layer));
        });
        return Task.FromResult(JobJson.Write(new BenchModelReply(torch.get_num_threads(), bench.Batch, layers)));
    }

    private LayerLatency Measure(CapturedLayer layer)
    {
        var sparse = SparseLayer.Of(layer, torch.get_num_threads());
        var seconds = Latency.Of(time, sparse is null ? [layer.RunDense] : [layer.RunDense, sparse.Run]);
        return new LayerLatency(
            layer.Name,
            layer.Weights.Length,
            layer.Weights.Length - layer.Weights.AsSpan().Count(0f),
            seconds[0],
            sparse is null ? null : seconds[1],
            sparse?.Difference);
    }
}
