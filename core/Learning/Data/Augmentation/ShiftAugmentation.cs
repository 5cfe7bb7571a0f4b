using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>Moves the image by −n … n pixels in both directions, n = side / 8; what comes in is 0.</summary>
internal sealed class ShiftAugmentation : IAugmentation
{
    public const string Name = "shift";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Augmentation,
        Name = Name,
        Title = "Random shift",
        UseWhen = "Use it for characters and objects on a plain background when training examples are few.",
        Paper = "Simard, Steinkraus, Platt: Best Practices for Convolutional Neural Networks Applied to Visual Document Analysis, ICDAR 2003",
    };

    public void Apply(ReadOnlySpan<byte> pixels, Span<byte> changed, InputShape shape, SeededRandom random) =>
        ImageMoves.Shift(pixels, changed, shape, Draw(shape.Height, random), Draw(shape.Width, random));

    private static int Draw(int side, SeededRandom random) => random.NextIndex(2 * (side / 8) + 1) - side / 8;
}
