namespace SparsePipeline.Learning.Data;

/// <summary>Labelled examples as bytes: a quarter of the memory of floats, and the files hold nothing finer.</summary>
public sealed class Examples
{
    private readonly byte[] _pixels;
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

    public InputShape Shape { get; }

    /// <summary>Class indices, example after example: <see cref="InputShape.Positions"/> of each.</summary>
    public IReadOnlyList<byte> Labels => _labels;

    public int Count => _labels.Length / Shape.Positions;

    /// <summary>Raw values of one example.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.AsSpan(index * Shape.Size, Shape.Size);

    /// <summary>Class indices of one example.</summary>
    public ReadOnlySpan<byte> LabelsOf(int index) => LabelsOf(index, 1);

    /// <summary>Class indices of neighbouring examples.</summary>
    public ReadOnlySpan<byte> LabelsOf(int first, int count) => _labels.AsSpan(first * Shape.Positions, count * Shape.Positions);

    /// <summary>The examples at the given positions, in that order.</summary>
    public Examples Select(ReadOnlySpan<int> indices)
    {
        var pixels = new byte[indices.Length * Shape.Size];
        var labels = new byte[indices.Length * Shape.Positions];
        for (var i = 0; i < indices.Length; i++)
        {
            Pixels(indices[i]).CopyTo(pixels.AsSpan(i * Shape.Size));
            LabelsOf(indices[i]).CopyTo(labels.AsSpan(i * Shape.Positions));
        }
        return new Examples(Shape, pixels, labels);
    }
}
