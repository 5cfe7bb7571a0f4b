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

    /// <summary>Convolutions with BatchNorm and pooling, and a hidden layer: for the MNIST family, quicker than a ResNet.</summary>
    public const string Cnn = "cnn";

    /// <summary>ResNet-18 with a stem for small images: for results that compare with the literature on CIFAR.</summary>
    public const string ResNet18 = "resnet18";

    /// <summary>VGG-11 with BatchNorm and one linear layer: the cheaper plain deep network, from 17×17.</summary>
    public const string Vgg11 = "vgg11";

    /// <summary>VGG-16 with BatchNorm and one linear layer: the heavily over-parameterised one of the pruning literature, from 17×17.</summary>
    public const string Vgg16 = "vgg16";

    /// <summary>Wide residual networks of a depth 6n + 4: accuracy before time.</summary>
    public const string WideResNet = "wide-resnet";

    /// <summary>A small decoder-only transformer with the names of nanoGPT: for text by character.</summary>
    public const string Gpt = "gpt";

    /// <summary>A scripted PyTorch module from a file: any architecture.</summary>
    public const string TorchScript = "torchscript";
}
