using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Draws a sample of the rows that come into one layer, each as likely as any other, and writes them in the order they come.</summary>
/// <remarks>Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S: exactly so many rows, and memory for none of them. One number of the stream per row.</remarks>
/// <param name="weights">Name of the layer's weights.</param>
/// <param name="test">Whether examples are of the test split.</param>
/// <param name="total">Rows that will come.</param>
/// <param name="wanted">Rows to be written, at most as many.</param>
/// <param name="seed">Draws.</param>
/// <param name="writer">Takes the rows.</param>
internal sealed class RowSample(string weights, bool test, long total, int wanted, long seed, StatisticsWriter writer)
{
    private readonly SeededRandom _random = new(seed);
    private long _seen;
    private int _taken;

    /// <summary>Numbers of the examples that are in the network.</summary>
    public int[] Batch { get; set; } = [];

    /// <summary>Takes what came into the layer for the batch: as many rows for each example, example by example.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>.</exception>
    public void Add(torch.Tensor rows)
    {
        using var lying = rows.contiguous();
        var numbers = HostMemory.Values<float>(lying);
        var (count, inputs) = ((int)rows.shape[0], (int)rows.shape[1]);
        for (var i = 0; i < count; i++, _seen++)
        {
            if (_random.NextUnit() * (total - _seen) >= wanted - _taken)
                continue;
            var row = numbers.Slice(i * inputs, inputs);
            foreach (var number in row)
                if (!float.IsFinite(number))
                    throw LayerInputs.NotFinite(weights);
            writer.WriteRow(weights, test, _taken++, row, Batch[(int)((long)i * Batch.Length / count)]);
        }
    }
}
