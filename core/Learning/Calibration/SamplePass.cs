using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Runs examples through a network for what its layers see of them.</summary>
/// <param name="network">In evaluation mode.</param>
/// <param name="data">Whose splits the examples are of.</param>
/// <param name="cancellationToken">Looked at before each batch.</param>
internal sealed class SamplePass(torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data, CancellationToken cancellationToken)
{
    /// <summary>Examples at a time.</summary>
    private const int BatchSize = 64;

    public DataSplits Data => data;

    /// <param name="split">One of the data set's.</param>
    /// <param name="sample">Numbers of examples, in the order they are run.</param>
    /// <param name="layers">Those that are told which examples are in the network.</param>
    public void Run(Examples split, int[] sample, IReadOnlyList<LayerInputs> layers)
    {
        var reader = new BatchReader(split, data.Inputs);
        foreach (var batch in sample.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            foreach (var rows in layers.Select(l => l.Sample).OfType<RowSample>())
                rows.Batch = batch;
            network.call(reader.Read(batch).Inputs);
        }
    }
}
