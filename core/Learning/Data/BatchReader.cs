using System.Runtime.InteropServices;
using SparsePipeline.Learning.Data.Augmentation;
using TorchSharp;

namespace SparsePipeline.Learning.Data;

/// <summary>Assembles batches straight in the tensors' memory.</summary>
internal sealed class BatchReader(Examples examples, Standardization inputs)
{
    public int Count => examples.Count;

    /// <summary>Inputs [n, channels, height, width] and labels [n] of the given examples; both belong to the current dispose scope.</summary>
    /// <param name="indices">Positions in the split.</param>
    /// <param name="augmenter">Changes the examples; only training does so.</param>
    public (torch.Tensor Inputs, torch.Tensor Labels) Read(ReadOnlySpan<int> indices, Augmenter? augmenter = null)
    {
        var shape = examples.Shape;
        var images = torch.empty(indices.Length, shape.Channels, shape.Height, shape.Width);
        var labels = torch.empty(indices.Length, torch.ScalarType.Int64);
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        var classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = examples.Pixels(indices[i]);
            inputs.Apply(augmenter is null ? pixels : augmenter.Apply(pixels), values.Slice(i * shape.Size, shape.Size));
            classes[i] = examples.Labels[indices[i]];
        }
        return (images, labels);
    }
}
