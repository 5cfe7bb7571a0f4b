using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Shape of one example.</summary>
/// <param name="Channels">1 for grey images and for text.</param>
/// <param name="Height">In pixels; 1 for text and rows of numbers.</param>
/// <param name="Width">In pixels, in characters, or numbers in a row.</param>
public sealed record InputShape(int Channels, int Height, int Width)
{
    /// <summary>One of <see cref="DataKinds"/>.</summary>
    public string Kind { get; init; } = DataKinds.Images;

    /// <summary>Values per example.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>Predictions per example: one for an image, one after every character of a text.</summary>
    public int Positions => Kind == DataKinds.Text ? Size : 1;

    /// <summary>A window of text.</summary>
    public static InputShape Text(int characters) => new(1, 1, characters) { Kind = DataKinds.Text };

    /// <summary>A row of a table.</summary>
    public static InputShape Row(int columns) => new(1, 1, columns) { Kind = DataKinds.Numbers };

    public override string ToString() => Kind switch
    {
        DataKinds.Text => $"{Width} characters",
        DataKinds.Numbers => $"{Width} numbers",
        _ => $"{Channels}×{Height}×{Width}",
    };
}
