namespace SparsePipeline.Learning.Data;

/// <summary>Labelled examples as bytes: a quarter of the memory of floats, and the files hold nothing finer.</summary>
public sealed class Examples
{
    private readonly byte[] _pixels;

    /// <param name="shape">Shape of one example.</param>
    /// <param name="pixels">count × shape.Size values, example after example.</param>
    /// <param name="labels">One class index per example.</param>
    public Examples(InputShape shape, byte[] pixels, byte[] labels)
    {
        if (pixels.Length != (long)labels.Length * shape.Size)
            throw new ArgumentException($"{pixels.Length} values are not {labels.Length} examples of {shape}.", nameof(pixels));
        Shape = shape;
        _pixels = pixels;
        Labels = labels;
    }

    public InputShape Shape { get; }

    /// <summary>Class index of every example.</summary>
    public IReadOnlyList<byte> Labels { get; }

    public int Count => Labels.Count;

    /// <summary>Raw values of one example.</summary>
    public ReadOnlySpan<byte> Pixels(int index) => _pixels.AsSpan(index * Shape.Size, Shape.Size);

    /// <summary>The examples at the given positions, in that order.</summary>
    public Examples Select(ReadOnlySpan<int> indices)
    {
        var pixels = new byte[indices.Length * Shape.Size];
        var labels = new byte[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            Pixels(indices[i]).CopyTo(pixels.AsSpan(i * Shape.Size));
            labels[i] = Labels[indices[i]];
        }
        return new Examples(Shape, pixels, labels);
    }
}
