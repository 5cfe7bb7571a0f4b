namespace SparsePipeline.Learning.Models;

/// <summary>ResNet-18: four stages of two blocks, shortcuts that are convolutions where a stage grows (option B).</summary>
/// <remarks>
/// Deviates from the paper, whose stem (7×7, stride 2, max pooling) would leave 8×8 of a 32×32 image. Tensors have torchvision's names and,
/// but for <c>conv1</c>, its shapes.
/// </remarks>
internal sealed class ResNet18Architecture() : ResNetArchitecture(
    Name,
    "ResNet-18 (CIFAR)",
    "Use it for results that compare with the literature on CIFAR, where its 0.56 billion multiply-adds per image are affordable.",
    "table 1",
    widths: "two, four and eight",
    width: 64,
    new ResNetPlan(Stages: 4, BlocksPerStage: 2, Projected: true))
{
    public const string Name = "resnet18";
}
