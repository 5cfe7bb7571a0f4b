using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>
/// Pads with 4 pixels on each side, cuts the image's size out at random and swaps left and right with probability ½.
/// </summary>
/// <remarks>
/// Padding is 0 in raw values, before standardisation, as in torchvision: black, not the mean. That is a shift by −4 … 4 in both directions;
/// for images of 32 × 32 the same as <see cref="ShiftFlipAugmentation"/>, whose shift grows with the image.
/// </remarks>
internal sealed class CropFlipAugmentation : IAugmentation
{
    public const string Name = "crop-flip";

    private const int Padding = 4;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Augmentation,
        Name = Name,
        Title = "Random crop and mirror",
        UseWhen = "Use it for pictures of objects of about 32 × 32 pixels, and to reproduce results on CIFAR. The 4 pixels of padding are black; of much smaller images little would be left.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016, arXiv 1512.03385, section 4.2",
    };

    public void Apply(ReadOnlySpan<byte> pixels, Span<byte> changed, InputShape shape, SeededRandom random)
    {
        ImageMoves.Shift(pixels, changed, shape, Draw(shape.Height, random), Draw(shape.Width, random));
        if (random.NextIndex(2) == 1)
            ImageMoves.Mirror(changed, shape);
    }

    /// <summary>Images of fewer pixels keep at least one row and column.</summary>
    private static int Draw(int side, SeededRandom random)
    {
        var most = Math.Min(Padding, side - 1);
        return random.NextIndex(2 * most + 1) - most;
    }
}
