namespace SparsePipeline.Learning.Data;

/// <summary>Shape of one example.</summary>
/// <param name="Channels">1 for grey images.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
public sealed record InputShape(int Channels, int Height, int Width)
{
    /// <summary>Values per example.</summary>
    public int Size => Channels * Height * Width;

    public override string ToString() => $"{Channels}×{Height}×{Width}";
}
