using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>A plain convolutional network with BatchNorm: 3×3 convolution, norm, ReLU and pooling per entry, then a hidden layer.</summary>
internal sealed class CnnArchitecture : IArchitecture
{
    public const string Name = "cnn";

    private const string Channels = "channels";
    private const string Hidden = "hidden";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Convolutional network with BatchNorm",
        UseWhen = "Use it for the MNIST family when BatchNorm matters and a ResNet takes too long.",
        Options =
        [
            OptionInfo.Integers(Channels, "Channels of each 3×3 convolution; a pooling that halves the image follows each.", [32, 64], 1, 4096),
            OptionInfo.Integer(Hidden, "Neurons of the hidden linear layer.", 128, 1, 65_536),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options)
    {
        var channels = options.Integers(Channels);
        Check(input, channels.Length);
        return new CnnNetwork(input, channels, options.Integer(Hidden), classes);
    }

    private static void Check(InputShape input, int convolutions)
    {
        var halvings = int.Log2(Math.Min(input.Height, input.Width));
        if (convolutions < 1 || convolutions > halvings)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"model cnn: '{Channels}' has {convolutions} entries, but images of {input} can be halved {halvings} times.",
                $"List between 1 and {halvings} numbers of channels.");
    }
}
