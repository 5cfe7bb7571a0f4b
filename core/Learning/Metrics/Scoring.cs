using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Runs a network over a split in test-time transforms.</summary>
internal static class Scoring
{
    /// <summary>Enough to keep the processor busy, small enough for any network; the result of an example does not depend on its batch.</summary>
    private const int BatchSize = 256;

    /// <summary>Positions of text in a batch: each has as much inside a network as a whole image.</summary>
    private const int BatchPositions = 4096;

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: the network's outputs overflow.</exception>
    public static SplitReport Score(torch.nn.Module<torch.Tensor, torch.Tensor> network, Examples split, DataSplits data) =>
        Measure([network], split, data).Report(split.Shape.Kind);

    /// <summary>What networks predict together, by <see cref="SoftVote"/>, beside the truth.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a network's outputs overflow.</exception>
    public static ClassificationMetrics Measure(
        IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>> networks, Examples split, DataSplits data, IReadOnlyList<IMetric>? further = null)
    {
        foreach (var network in networks)
            network.eval();
        using var off = torch.no_grad();
        var reader = new BatchReader(split, data.Inputs);
        var metrics = new ClassificationMetrics(data.Classes, split.Shape.Positions, further);
        foreach (var batch in Enumerable.Range(0, split.Count).Chunk(Math.Clamp(BatchPositions / split.Shape.Positions, 1, BatchSize)))
        {
            using var scope = torch.NewDisposeScope();
            var inputs = reader.Read(batch).Inputs;
            var vote = SoftVote.Of([.. networks.Select(n => LogProbabilities(n, inputs))]);
            metrics.Add(vote, split.LabelsOf(batch[0], batch.Length));
        }
        return metrics;
    }

    private static float[] LogProbabilities(torch.nn.Module<torch.Tensor, torch.Tensor> network, torch.Tensor inputs) =>
        HostMemory.Values<float>(torch.nn.functional.log_softmax(Logits.Of(network, inputs), 1)).ToArray();
}
