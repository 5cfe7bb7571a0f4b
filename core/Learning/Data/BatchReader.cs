using System.Runtime.InteropServices;
using TorchSharp;

namespace SparsePipeline.Learning.Data;

/// <summary>Assembles batches straight in the tensors' memory.</summary>
internal sealed class BatchReader(Examples examples, Standardization inputs)
{
    public int Count => examples.Count;

    /// <summary>Inputs [n, channels, height, width] and labels [n] of the given examples; both belong to the current dispose scope.</summary>
    public (torch.Tensor Inputs, torch.Tensor Labels) Read(ReadOnlySpan<int> indices)
    {
        var shape = examples.Shape;
        var images = torch.empty(indices.Length, shape.Channels, shape.Height, shape.Width);
        var labels = torch.empty(indices.Length, torch.ScalarType.Int64);
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        var classes = MemoryMarshal.Cast<byte, long>(labels.bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            inputs.Apply(examples.Pixels(indices[i]), values.Slice(i * shape.Size, shape.Size));
            classes[i] = examples.Labels[indices[i]];
        }
        return (images, labels);
    }
}
