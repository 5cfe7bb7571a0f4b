namespace SparsePipeline.Learning.Data.Augmentation;

/// <summary>Augmentations of the <c>augmentation</c> axis: random changes to training examples, and to nothing else.</summary>
public static class AugmentationNames
{
    /// <summary>Moves the image by up to an eighth of its sides: for characters and objects.</summary>
    public const string Shift = "shift";

    /// <summary>The same, and mirrors every second image: for objects, not for characters.</summary>
    public const string ShiftFlip = "shift-flip";

    /// <summary>Pad-and-crop by 4 pixels and mirror: the CIFAR recipe to the letter.</summary>
    public const string CropFlip = "crop-flip";
}
