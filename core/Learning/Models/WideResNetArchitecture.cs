using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Wide residual networks WRN-depth-widen: norm and ReLU before each convolution, three stages of (depth − 4) / 6 blocks.</summary>
/// <remarks>Without the dropout that the paper also tries: torch's generator is shared by all trainings of a process, and they would not repeat.</remarks>
internal sealed class WideResNetArchitecture : IArchitecture
{
    public const string Name = "wide-resnet";

    private const string Depth = "depth";
    private const string Widen = "widen";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = Name,
        Title = "Wide ResNet",
        UseWhen = "Use it when accuracy on small images counts for more than time: wide and shallow beats narrow and deep. It has no dropout.",
        Paper = "Zagoruyko, Komodakis: Wide Residual Networks, BMVC 2016, arXiv 1605.07146, table 1",
        Options =
        [
            OptionInfo.Integer(Depth, "Layers: 6n + 4, for example 10, 16, 22, 28 or 40.", 16, minimum: 10, maximum: 1000),
            OptionInfo.Integer(Widen, "Channels of the three stages: 16, 32 and 64 times this.", 4, minimum: 1, maximum: 64),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options)
    {
        var depth = options.Integer(Depth);
        return depth % 6 == 4
            ? new WideResNetNetwork(input.Channels, (depth - 4) / 6, options.Integer(Widen), classes)
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"model wide-resnet: '{Depth}' is {depth}, but must be 6n + 4.",
                $"Choose {depth - (depth + 2) % 6} or {depth - (depth + 2) % 6 + 6}.");
    }
}
