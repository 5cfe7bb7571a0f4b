using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Methods;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>The CIFAR ResNet of He et al., section 4.2: three stages of three blocks, parameter-free shortcuts (option A).</summary>
internal sealed class ResNet20Architecture : IArchitecture
{
    private const string Width = "width";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = ModelNames.ResNet20,
        Title = "ResNet-20 (CIFAR)",
        UseWhen = "Use it for small colour or grey images when BatchNorm and convolutions matter.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016, arXiv 1512.03385, section 4.2",
        Options =
        [
            new(Width, OptionTypes.Integer, "Channels of the first stage; the others have twice and four times as many.",
                JsonSerializer.SerializeToElement(16), Minimum: 1, Maximum: 1024),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        new ResNet20Network(input.Channels, options.Integer(Width), classes);
}
