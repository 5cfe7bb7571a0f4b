using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Runs a network over a split in test-time transforms.</summary>
internal static class Scoring
{
    /// <summary>Enough to keep the processor busy, small enough for any network; the result of an example does not depend on its batch.</summary>
    private const int BatchSize = 256;

    /// <summary>Positions of text in a batch: each has as much inside a network as a whole image.</summary>
    private const int BatchPositions = 4096;

    /// <summary>Numbers that networks say of a batch, at most: of large vocabularies batches are smaller.</summary>
    private const long BatchOutputs = 1 << 24;

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: the network's outputs overflow.</exception>
    public static SplitReport Score(torch.nn.Module<torch.Tensor, torch.Tensor> network, Examples split, DataSplits data) =>
        Measure([network], split, data).Report();

    /// <summary>What networks predict together.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a network's outputs overflow.</exception>
    public static IScorer Measure(
        IReadOnlyList<torch.nn.Module<torch.Tensor, torch.Tensor>> networks, Examples split, DataSplits data, IReadOnlyList<IMetric>? further = null)
    {
        foreach (var network in networks)
            network.eval();
        using var off = torch.no_grad();
        var reader = new BatchReader(split, data);
        var scorer = data.Task.Measure(split, further ?? []);
        foreach (var indices in Enumerable.Range(0, split.Count).Chunk(ExamplesAtATime(split.Shape, data.Task.Outputs)))
        {
            using var scope = torch.NewDisposeScope();
            var batch = reader.Read(indices);
            scorer.Add([.. networks.Select(n => data.Task.Predict(n, batch))], batch);
        }
        return scorer;
    }

    private static int ExamplesAtATime(InputShape shape, int outputs) =>
        (int)Math.Clamp(BatchOutputs / ((long)outputs * shape.Positions), 1, Math.Clamp(BatchPositions / shape.Positions, 1, BatchSize));
}
