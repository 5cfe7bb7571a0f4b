using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Runs a network over a split in test-time transforms.</summary>
internal static class Scoring
{
    /// <summary>Enough to keep the processor busy, small enough for any network; the result of an example does not depend on its batch.</summary>
    private const int BatchSize = 256;

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: the network's outputs overflow.</exception>
    public static SplitReport Score(torch.nn.Module<torch.Tensor, torch.Tensor> network, Examples split, DataSplits data) =>
        ClassificationMetrics.Of(LogProbabilities(network, split, data), split.Labels, data.Classes);

    private static float[] LogProbabilities(torch.nn.Module<torch.Tensor, torch.Tensor> network, Examples split, DataSplits data)
    {
        network.eval();
        using var off = torch.no_grad();
        var reader = new BatchReader(split, data.Inputs);
        var result = new float[split.Count * data.Classes];
        foreach (var batch in Enumerable.Range(0, split.Count).Chunk(BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            var values = torch.nn.functional.log_softmax(network.call(reader.Read(batch).Inputs), 1);
            MemoryMarshal.Cast<byte, float>(values.bytes).CopyTo(result.AsSpan(batch[0] * data.Classes));
        }
        return result;
    }
}
