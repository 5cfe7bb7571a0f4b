namespace SparsePipeline.Learning.Models;

/// <summary>Thirteen convolutions and a linear layer.</summary>
internal sealed class Vgg16Architecture() : VggArchitecture(
    Name,
    "VGG-16 with BatchNorm (CIFAR)",
    "Use it to compare with the pruning literature: far more weights than CIFAR needs, without shortcuts.",
    VggStages.Vgg16)
{
    public const string Name = "vgg16";
}
