namespace SparsePipeline.Learning.Models;

/// <summary>Architectures of the <c>model</c> axis.</summary>
public static class ModelNames
{
    /// <summary>Fully connected layers with ReLU: for small inputs, and the quickest to train.</summary>
    public const string Mlp = "mlp";

    /// <summary>Two convolutions and three linear layers: for grey images from 12×12.</summary>
    public const string LeNet5 = "lenet5";

    /// <summary>The CIFAR ResNet with 20 layers and BatchNorm: for small colour or grey images.</summary>
    public const string ResNet20 = "resnet20";
}
