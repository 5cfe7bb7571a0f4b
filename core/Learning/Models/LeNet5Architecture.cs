using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>LeNet-5 as it is taught today: ReLU, max pooling, 6 and 16 channels, 120 and 84 neurons.</summary>
/// <remarks>
/// Deviates from the paper: ReLU instead of tanh, max instead of trainable pooling, full connections, softmax instead of RBF outputs.
/// </remarks>
internal sealed class LeNet5Architecture : IArchitecture
{
    public const string Name = "lenet5";

    /// <summary>Below this the second convolution has nothing left to slide over.</summary>
    private const int SmallestSide = 12;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "LeNet-5",
        UseWhen = "Use it for grey images of the MNIST family.",
        Paper = "LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition, Proc. IEEE 86(11), 1998",
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        Math.Min(input.Height, input.Width) >= SmallestSide
            ? new LeNet5Network(input, classes)
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"Model lenet5 needs images of at least {SmallestSide}×{SmallestSide}, but the data has {input}.",
                "Choose mlp, cnn or resnet20 for small images.");
}
