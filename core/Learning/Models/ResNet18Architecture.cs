using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Methods;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>ResNet-18 for small images: a 3×3 stem of stride 1 and no max pooling, as is usual for CIFAR.</summary>
/// <remarks>
/// Deviates from the paper, whose stem (7×7, stride 2, max pooling) would leave 8×8 of a 32×32 image. Tensors have torchvision's names and,
/// but for <c>conv1</c>, its shapes.
/// </remarks>
internal sealed class ResNet18Architecture : IArchitecture
{
    private const string Width = "width";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Model,
        Name = ModelNames.ResNet18,
        Title = "ResNet-18 (CIFAR)",
        UseWhen = "Use it for results that compare with the literature on CIFAR, where its 0.56 billion multiply-adds per image are affordable.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning for Image Recognition, CVPR 2016, arXiv 1512.03385, table 1",
        Options =
        [
            new(Width, OptionTypes.Integer, "Channels of the first stage; the others have two, four and eight times as many.",
                JsonSerializer.SerializeToElement(64), Minimum: 1, Maximum: 1024),
        ],
    };

    public torch.nn.Module<torch.Tensor, torch.Tensor> Build(InputShape input, int classes, OptionValues options) =>
        new ResNet18Network(input.Channels, options.Integer(Width), classes);
}
