namespace SparsePipeline.Learning.Models;

/// <summary>Eight convolutions and a linear layer.</summary>
internal sealed class Vgg11Architecture() : VggArchitecture(
    Name,
    "VGG-11 with BatchNorm (CIFAR)",
    "Use it as the cheaper of the plain deep networks: without shortcuts, and with most weights in its last convolutions.",
    VggStages.Vgg11)
{
    public const string Name = "vgg11";
}
