using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>VGG with BatchNorm for small images: one linear layer instead of three, as is usual for CIFAR.</summary>
/// <remarks>
/// Deviates from the paper: BatchNorm after every convolution, the mean over what the poolings leave, no hidden linear layers and no
/// dropout. Images below 32 pixels, for which the paper's poolings have nothing left, are pooled rounding up.
/// </remarks>
internal abstract class VggArchitecture : IArchitecture
{
    /// <summary>Below this, even when rounding up, a pooling gets a single pixel.</summary>
    private const int SmallestSide = 17;

    private const string Width = "width";

    private readonly int[] _stages;

    protected VggArchitecture(string name, string title, string useWhen, int[] stages)
    {
        _stages = stages;
        Info = new MethodInfo
        {
            Axis = MethodAxes.Model,
            Name = name,
            Title = title,
            UseWhen = useWhen,
            Paper = "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR 2015, arXiv 1409.1556, table 1",
            Options =
            [
                OptionInfo.Integer(Width, "Channels of the first stage; the others have two, four, eight and eight times as many.",
                    64, minimum: 1, maximum: 1024),
            ],
        };
    }

    public MethodInfo Info { get; }

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        Math.Min(input.Height, input.Width) >= SmallestSide
            ? new VggNetwork(input, _stages, options.Integer(Width), classes)
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"Model {Info.Name} needs images of at least {SmallestSide}×{SmallestSide}, but the data has {input}.",
                "Choose resnet20, cnn or mlp for small images.");
}
