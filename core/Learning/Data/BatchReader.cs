using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Data;

/// <summary>Assembles batches straight in the tensors' memory.</summary>
internal sealed class BatchReader(Examples examples, Standardization inputs, TargetScale? target = null)
{
    private readonly BatchReader? _second = examples.Second is { } second ? new(second, inputs) : null;

    /// <summary>Reads a split of a data set.</summary>
    public BatchReader(Examples examples, DataSplits data)
        : this(examples, data.Inputs, data.Target)
    {
    }

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

    /// <summary>The given examples; the tensors belong to the current dispose scope and are on the device of this process.</summary>
    /// <param name="indices">Positions in the split.</param>
    /// <param name="augmenter">Changes the inputs, not their second view; only training does so.</param>
    public Batch Read(ReadOnlySpan<int> indices, Augmenter? augmenter = null) => Read(indices.ToArray(), augmenter);

    /// <inheritdoc cref="Read(ReadOnlySpan{int}, Augmenter?)"/>
    public Batch Read(int[] indices, Augmenter? augmenter = null)
    {
        var groups = examples.Groups is { } all ? Array.ConvertAll(indices, i => all[i]) : null;
        return new(indices, Inputs(indices, augmenter), Targets(indices)) { View2 = _second?.Inputs(indices, augmenter: null), Groups = groups };
    }

    private torch.Tensor Inputs(ReadOnlySpan<int> indices, Augmenter? augmenter)
    {
        // A handle that is left to the garbage collector keeps its batch alive with it, and each next batch then starts on pages that the system has yet to find.
        using var memory = Memory(indices.Length, examples.Shape);
        if (examples.Shape.Kind == DataKinds.Text)
            WriteSymbols(indices, MemoryMarshal.Cast<byte, long>(memory.bytes));
        else
            Standardize(indices, augmenter, MemoryMarshal.Cast<byte, float>(memory.bytes));
        return OnDevice(InOrder(memory, examples.Shape));
    }

    private torch.Tensor? Targets(ReadOnlySpan<int> indices)
    {
        switch (examples.Targets)
        {
            case TargetKinds.Classes:
                var classes = torch.empty(indices.Length * examples.Shape.Positions, torch.ScalarType.Int64);
                WriteClasses(indices, MemoryMarshal.Cast<byte, long>(classes.bytes));
                return OnDevice(classes);
            case TargetKinds.Numbers:
                var numbers = torch.empty(indices.Length);
                WriteNumbers(indices, MemoryMarshal.Cast<byte, float>(numbers.bytes));
                return OnDevice(numbers);
            default:
                return null;
        }
    }

    private static torch.Tensor OnDevice(torch.Tensor tensor) => ComputeDevice.IsDevice ? tensor.to(ComputeDevice.Current) : tensor;

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

    private void WriteSymbols(ReadOnlySpan<int> indices, Span<long> values)
    {
        foreach (var index in indices)
            values = examples.WriteSymbols(index, values);
    }

    private void WriteClasses(ReadOnlySpan<int> indices, Span<long> values)
    {
        foreach (var index in indices)
            values = examples.WriteClasses(index, values);
    }

    private void WriteNumbers(ReadOnlySpan<int> indices, Span<float> values)
    {
        for (var i = 0; i < indices.Length; i++)
            values[i] = target?.Standardized(examples.Values[indices[i]]) ?? examples.Values[indices[i]];
    }
}
