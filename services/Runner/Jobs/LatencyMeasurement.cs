using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Times every layer of a network twice: dense as the network computes it, and with its zeros left out. Compares what they compute.</summary>
internal sealed class LatencyMeasurement(TimeProvider time, CancellationToken cancellationToken)
{
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="model">Its architecture.</param>
    /// <param name="data">The data set, loaded.</param>
    /// <param name="batch">Examples at a time, at least 1.</param>
    /// <param name="starting">Told the name of each layer before it is timed, and the share of them that is done.</param>
    public LatencyReport Run(string checkpoint, ModelSpec model, DataSplits data, int batch, Action<string, double> starting)
    {
        var layers = new List<LayerLatency>();
        LayerCapture.ForEach(checkpoint, model, data, batch, (layer, done) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            starting(layer.Name, done);
            layers.Add(Measure(layer));
        });
        return new LatencyReport(MachineDescription.Current(), torch.get_num_threads(), batch, layers);
    }

    /// <exception cref="DomainException">This process computes elsewhere than on the processor.</exception>
    public static void EnsurePossible()
    {
        if (TorchRuntime.ComputesOnDevice)
            throw new DomainException(
                FailureCodes.InvalidOption,
                "Layers are timed on the processor, and this runner computes on a device.",
                "Set Runners:Device to cpu, or remove evaluation.latencyBatch.");
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
