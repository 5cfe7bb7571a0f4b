namespace SparsePipeline.Learning.Models;

/// <summary>
/// Convolutions of each of VGG's five stages, which end in a pooling (Simonyan, Zisserman 2015, table 1). The stages have one, two,
/// four, eight and eight times the width of the first.
/// </summary>
internal static class VggStages
{
    /// <summary>Configuration A: 8 convolutions; the paper's 11 layers count two linear layers that are left out here.</summary>
    public static int[] Vgg11 { get; } = [1, 1, 2, 2, 2];

    /// <summary>Configuration D: 13 convolutions.</summary>
    public static int[] Vgg16 { get; } = [2, 2, 3, 3, 3];
}
