using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// State dict: <c>conv1</c>, <c>bn1</c>, <c>layer{1,2,…}.i.{conv1,bn1,conv2,bn2}</c>, <c>fc</c>; with projected shortcuts also
/// <c>layer{2,…}.0.downsample.{0,1}</c>.
/// </summary>
internal sealed class ResNetNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d _stem;
    private readonly BatchNorm _norm;
    private readonly List<Sequential> _stages = [];
    private readonly LinearLayer _classifier;

    /// <param name="channels">Of the images.</param>
    /// <param name="width">Channels of the first stage; every other has twice as many as the one before.</param>
    /// <param name="classes">Logits.</param>
    /// <param name="plan">What the stages consist of.</param>
    public ResNetNetwork(int channels, int width, int classes, ResNetPlan plan)
        : base(nameof(ResNetNetwork))
    {
        register_module("conv1", _stem = torch.nn.Conv2d(channels, width, 3, padding: 1, bias: false));
        register_module("bn1", _norm = new BatchNorm(width));
        var (inputs, outputs) = (width, width);
        for (var stage = 1; stage <= plan.Stages; stage++, outputs *= 2)
        {
            _stages.Add(Stage(inputs, inputs = outputs, plan));
            register_module($"layer{stage}", _stages[^1]);
        }
        register_module("fc", _classifier = new LinearLayer(inputs, classes));
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var stem = _stem.call(input);
        var x = _norm.WithRelu(stem);
        foreach (var stage in _stages)
            x = stage.call(x);
        return _classifier.call(x.mean([2, 3]));
    }

    /// <summary>The first block halves the image when the channels grow.</summary>
    private static Sequential Stage(int inputs, int outputs, ResNetPlan plan) => torch.nn.Sequential(
        [.. Enumerable.Range(0, plan.BlocksPerStage).Select(i => new ResidualBlock(i == 0 ? inputs : outputs, outputs, plan.Projected))]);
}
