using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>A random shift, then left and right swapped with probability ½: the CIFAR recipe of pad-and-crop plus flip.</summary>
internal sealed class ShiftFlipAugmentation : IAugmentation
{
    public const string Name = "shift-flip";

    private readonly ShiftAugmentation _shift = new();

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Augmentation,
        Name = Name,
        Title = "Random shift and mirror",
        UseWhen = "Use it for pictures of objects, which stay what they are in a mirror.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016, arXiv 1512.03385, section 4.2",
    };

    public void Apply(ReadOnlySpan<byte> pixels, Span<byte> changed, InputShape shape, SeededRandom random)
    {
        _shift.Apply(pixels, changed, shape, random);
        if (random.NextIndex(2) == 1)
            ImageMoves.Mirror(changed, shape);
    }
}
