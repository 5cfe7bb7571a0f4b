using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>All augmentations; a new one is added here.</summary>
internal static class Augmentations
{
    public static MethodRegistry<IAugmentation> Registry { get; } = new(
        MethodAxes.Augmentation,
        [
            new ShiftAugmentation(),
            new ShiftFlipAugmentation(),
            new CropFlipAugmentation(),
        ]);
}
