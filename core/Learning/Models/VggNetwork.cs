using System.Globalization;
using SparsePipeline.Learning.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// State dict: <c>features.i</c> with torchvision's numbers, in which ReLUs and poolings count too, and <c>classifier</c>.
/// </summary>
internal sealed class VggNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    /// <summary>What five halvings leave one pixel of.</summary>
    private const int WholeSide = 32;

    private readonly Sequential features;
    private readonly LinearLayer classifier;
    private readonly List<List<ConvolutionWithNorm>> _stages = [];
    private readonly bool _roundUp;

    public VggNetwork(InputShape input, int[] stages, int width, int classes)
        : base(nameof(VggNetwork))
    {
        _roundUp = Math.Min(input.Height, input.Width) < WholeSide;
        features = torch.nn.Sequential();
        var channels = input.Channels;
        var number = 0;
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var layers = new List<ConvolutionWithNorm>();
            for (var i = 0; i < stages[stage]; i++, number += 3)
                layers.Add(Register(number, channels, channels = width << Math.Min(stage, 3)));
            _stages.Add(layers);
            number++;
        }
        classifier = new LinearLayer(channels, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = input;
        foreach (var stage in _stages)
            x = Run(stage, x);
        return classifier.call(x.mean([2, 3]));
    }

    /// <summary>What is not needed to go back is freed with the stage, not with the batch.</summary>
    private torch.Tensor Run(List<ConvolutionWithNorm> stage, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (convolution, norm) in stage)
            x = norm.WithRelu(convolution.call(x));
        return torch.nn.functional.max_pool2d(x, 2, ceil_mode: _roundUp).MoveToOuterDisposeScope();
    }

    private ConvolutionWithNorm Register(int number, int inputs, int outputs)
    {
        var layer = new ConvolutionWithNorm(torch.nn.Conv2d(inputs, outputs, 3, padding: 1), new BatchNorm(outputs));
        features.append(number.ToString(CultureInfo.InvariantCulture), layer.Convolution);
        features.append((number + 1).ToString(CultureInfo.InvariantCulture), layer.Norm);
        return layer;
    }

    private readonly record struct ConvolutionWithNorm(Conv2d Convolution, BatchNorm Norm);
}
