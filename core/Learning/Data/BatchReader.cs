using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Runtime;
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
    public static torch.Tensor Empty(int count, InputShape shape)
    {
        using var memory = Memory(count, shape);
        return InOrder(memory, shape);
    }

    /// <summary>Inputs as <see cref="Empty"/> shapes them and labels [n · positions] of the given examples; both belong to the current dispose scope and are on the device of this process.</summary>
    /// <param name="indices">Positions in the split.</param>
    /// <param name="augmenter">Changes the examples; only training does so.</param>
    public (torch.Tensor Inputs, torch.Tensor Labels) Read(ReadOnlySpan<int> indices, Augmenter? augmenter = null)
    {
        // A handle that is left to the garbage collector keeps its batch alive with it, and each next batch then starts on pages that the system has yet to find.
        using var memory = Memory(indices.Length, examples.Shape);
        if (examples.Shape.Kind == DataKinds.Text)
            Widen(indices, MemoryMarshal.Cast<byte, long>(memory.bytes));
        else
            Standardize(indices, augmenter, MemoryMarshal.Cast<byte, float>(memory.bytes));
        var labels = torch.empty(indices.Length * examples.Shape.Positions, torch.ScalarType.Int64);
        WidenLabels(indices, MemoryMarshal.Cast<byte, long>(labels.bytes));
        var batch = InOrder(memory, examples.Shape);
        return ComputeDevice.IsDevice ? (batch.to(ComputeDevice.Current), labels.to(ComputeDevice.Current)) : (batch, labels);
    }

    /// <summary>A batch as it lies in memory.</summary>
    private static torch.Tensor Memory(int count, InputShape shape) => shape.Kind == DataKinds.Text
        ? torch.empty(count, shape.Size, torch.ScalarType.Int64)
        : torch.empty(count, shape.Height, shape.Width, shape.Channels);

    /// <summary>The same memory with its dimensions in libtorch's order.</summary>
    private static torch.Tensor InOrder(torch.Tensor memory, InputShape shape) => shape.Kind == DataKinds.Text ? memory.alias() : memory.permute(0, 3, 1, 2);

    private void Standardize(ReadOnlySpan<int> indices, Augmenter? augmenter, Span<float> values)
    {
        var shape = examples.Shape;
        foreach (var index in indices)
        {
            if (shape.Kind == DataKinds.Numbers)
                inputs.Apply(examples.Numbers(index), values);
            else
                inputs.Apply(augmenter is null ? examples.Pixels(index) : augmenter.Apply(examples.Pixels(index)), values, shape.Channels);
            values = values[shape.Size..];
        }
    }

    private void Widen(ReadOnlySpan<int> indices, Span<long> values)
    {
        foreach (var index in indices)
            values = Widen(examples.Pixels(index), values);
    }

    private void WidenLabels(ReadOnlySpan<int> indices, Span<long> values)
    {
        foreach (var index in indices)
            values = Widen(examples.LabelsOf(index), values);
    }

    /// <summary>What is left to be written.</summary>
    private static Span<long> Widen(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        for (var i = 0; i < bytes.Length; i++)
            values[i] = bytes[i];
        return values[bytes.Length..];
    }
}
