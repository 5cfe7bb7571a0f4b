using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Augmentation;
using TorchSharp;

namespace SparsePipeline.Learning.Data;

/// <summary>Assembles batches straight in the tensors' memory.</summary>
internal sealed class BatchReader(Examples examples, Standardization inputs)
{
    public int Count => examples.Count;

    /// <summary>
    /// An uninitialised batch: floats [n, channels, height, width] for images and [n, 1, 1, columns] for
    /// rows of numbers, integers [n, characters] for text. In memory the channels of a
    /// pixel are neighbours (<c>channels_last</c>), which convolutions, norms and poolings hand on and are faster with.
    /// </summary>
    public static torch.Tensor Empty(int count, InputShape shape) => shape.Kind == DataKinds.Text
        ? torch.empty(count, shape.Size, torch.ScalarType.Int64)
        : torch.empty(count, shape.Height, shape.Width, shape.Channels).permute(0, 3, 1, 2);

    /// <summary>Inputs as <see cref="Empty"/> shapes them and labels [n · positions] of the given examples; both belong to the current dispose scope.</summary>
    /// <param name="indices">Positions in the split.</param>
    /// <param name="augmenter">Changes the examples; only training does so.</param>
    public (torch.Tensor Inputs, torch.Tensor Labels) Read(ReadOnlySpan<int> indices, Augmenter? augmenter = null)
    {
        var batch = Empty(indices.Length, examples.Shape);
        if (examples.Shape.Kind == DataKinds.Text)
            Widen(examples.Pixels, indices, batch);
        else if (examples.Shape.Kind == DataKinds.Numbers)
            Standardize(indices, batch);
        else
            Standardize(indices, augmenter, batch);
        var labels = torch.empty(indices.Length * examples.Shape.Positions, torch.ScalarType.Int64);
        Widen(examples.LabelsOf, indices, labels);
        return (batch, labels);
    }

    private void Standardize(ReadOnlySpan<int> indices, Augmenter? augmenter, torch.Tensor batch)
    {
        var (size, channels) = (examples.Shape.Size, examples.Shape.Channels);
        var values = MemoryMarshal.Cast<byte, float>(batch.permute(0, 2, 3, 1).bytes);
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = examples.Pixels(indices[i]);
            inputs.Apply(augmenter is null ? pixels : augmenter.Apply(pixels), values.Slice(i * size, size), channels);
        }
    }

    private void Standardize(ReadOnlySpan<int> indices, torch.Tensor batch)
    {
        var size = examples.Shape.Size;
        var values = MemoryMarshal.Cast<byte, float>(batch.permute(0, 2, 3, 1).bytes);
        for (var i = 0; i < indices.Length; i++)
            inputs.Apply(examples.Numbers(indices[i]), values.Slice(i * size, size));
    }

    private static void Widen(Func<int, ReadOnlySpan<byte>> bytes, ReadOnlySpan<int> indices, torch.Tensor target)
    {
        var values = MemoryMarshal.Cast<byte, long>(target.bytes);
        var next = 0;
        foreach (var index in indices)
            foreach (var value in bytes(index))
                values[next++] = value;
    }
}
