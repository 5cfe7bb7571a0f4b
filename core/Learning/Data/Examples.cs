using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>
/// Labelled examples. Images and text are bytes: a quarter of the memory of floats, and their files hold nothing finer. Rows of
/// <see cref="DataKinds.Numbers"/> are floats.
/// </summary>
public sealed class Examples
{
    private readonly byte[] _pixels = [];
    private readonly float[] _numbers = [];
    private readonly byte[] _labels;

    /// <param name="shape">Shape of one example.</param>
    /// <param name="pixels">count × shape.Size values, example after example.</param>
    /// <param name="labels">count × shape.Positions class indices, example after example.</param>
    public Examples(InputShape shape, byte[] pixels, byte[] labels)
    {
        if ((long)pixels.Length * shape.Positions != (long)labels.Length * shape.Size)
            throw new ArgumentException(
                $"{pixels.Length} values and {labels.Length} labels are not examples of {shape} with {shape.Positions} labels each.", nameof(pixels));
        Shape = shape;
        _pixels = pixels;
        _labels = labels;
    }

    /// <param name="shape">Shape of one row, of <see cref="DataKinds.Numbers"/>.</param>
    /// <param name="numbers">count × shape.Size values, row after row.</param>
    /// <param name="labels">One class index per row.</param>
    public Examples(InputShape shape, float[] numbers, byte[] labels)
    {
        if (shape.Kind != DataKinds.Numbers || numbers.Length != (long)labels.Length * shape.Size)
            throw new ArgumentException($"{numbers.Length} values and {labels.Length} labels are not rows of {shape}.", nameof(numbers));
        Shape = shape;
        _numbers = numbers;
        _labels = labels;
    }

    public InputShape Shape { get; }

    /// <summary>Class indices, example after example: <see cref="InputShape.Positions"/> of each.</summary>
    public IReadOnlyList<byte> Labels => _labels;

    public int Count => _labels.Length / Shape.Positions;

    /// <summary>Raw values of one example that is an image or text.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.AsSpan(index * Shape.Size, Shape.Size);

    /// <summary>Raw values of one row of <see cref="DataKinds.Numbers"/>.</summary>
    public ReadOnlySpan<float> Numbers(int index) => _numbers.AsSpan(index * Shape.Size, Shape.Size);

    /// <summary>Class indices of one example.</summary>
    public ReadOnlySpan<byte> LabelsOf(int index) => LabelsOf(index, 1);

    /// <summary>Class indices of neighbouring examples.</summary>
    public ReadOnlySpan<byte> LabelsOf(int first, int count) => _labels.AsSpan(first * Shape.Positions, count * Shape.Positions);

    /// <summary>The examples at the given positions, in that order.</summary>
    public Examples Select(ReadOnlySpan<int> indices)
    {
        var labels = Gather(_labels, Shape.Positions, indices);
        return Shape.Kind == DataKinds.Numbers
            ? new Examples(Shape, Gather(_numbers, Shape.Size, indices), labels)
            : new Examples(Shape, Gather(_pixels, Shape.Size, indices), labels);
    }

    private static T[] Gather<T>(T[] values, int size, ReadOnlySpan<int> indices)
    {
        var gathered = new T[indices.Length * size];
        for (var i = 0; i < indices.Length; i++)
            values.AsSpan(indices[i] * size, size).CopyTo(gathered.AsSpan(i * size));
        return gathered;
    }
}
