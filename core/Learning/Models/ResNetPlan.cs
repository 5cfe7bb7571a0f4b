namespace SparsePipeline.Learning.Models;

/// <summary>What tells one ResNet for small images from another.</summary>
/// <param name="Stages">Each but the first halves the image and doubles the channels.</param>
/// <param name="BlocksPerStage">Of two convolutions each.</param>
/// <param name="Projected">
/// Whether the shortcut of a block that grows is a 1×1 convolution (option B of the paper); without parameters otherwise (option A).
/// </param>
internal sealed record ResNetPlan(int Stages, int BlocksPerStage, bool Projected);
