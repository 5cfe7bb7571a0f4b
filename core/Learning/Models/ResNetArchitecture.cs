using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>A ResNet for small images: a 3×3 stem of stride 1 and no max pooling, as is usual for CIFAR.</summary>
internal abstract class ResNetArchitecture : IArchitecture
{
    private const string Width = "width";

    private readonly ResNetPlan _plan;

    /// <param name="place">Where in the paper the network is described.</param>
    /// <param name="widths">How many channels the stages after the first have, in words.</param>
    protected ResNetArchitecture(string name, string title, string useWhen, string place, string widths, int width, ResNetPlan plan)
    {
        _plan = plan;
        Info = new MethodInfo
        {
            Axis = MethodAxes.Model,
            Name = name,
            Title = title,
            UseWhen = useWhen,
            Paper = $"He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016, arXiv 1512.03385, {place}",
            Options =
            [
                OptionInfo.Integer(Width, $"Channels of the first stage; the others have {widths} times as many.", width, minimum: 1, maximum: 1024),
            ],
        };
    }

    public MethodInfo Info { get; }

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        new ResNetNetwork(input.Channels, options.Integer(Width), classes, _plan);
}
