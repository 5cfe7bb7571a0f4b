namespace SparsePipeline.Learning.Models;

/// <summary>The CIFAR ResNet of He et al., section 4.2: three stages of three blocks, parameter-free shortcuts (option A).</summary>
internal sealed class ResNet20Architecture() : ResNetArchitecture(
    Name,
    "ResNet-20 (CIFAR)",
    "Use it for small colour or grey images when BatchNorm and convolutions matter.",
    "section 4.2",
    widths: "twice and four",
    width: 16,
    new ResNetPlan(Stages: 3, BlocksPerStage: 3, Projected: false))
{
    public const string Name = "resnet20";
}
