using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Two 3×3 convolutions beside a shortcut that is a 1×1 convolution where the block grows (He et al. 2016, option B).</summary>
internal sealed class ProjectionBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm bn2;
    private readonly Sequential? downsample;

    public ProjectionBlock(int inputs, int outputs)
        : base(nameof(ProjectionBlock))
    {
        var stride = inputs == outputs ? 1 : 2;
        conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        bn1 = new BatchNorm(outputs);
        conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = new BatchNorm(outputs);
        if (inputs != outputs)
            downsample = torch.nn.Sequential(torch.nn.Conv2d(inputs, outputs, 1, stride: stride, bias: false), new BatchNorm(outputs));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var first = conv1.call(input);
        using var x = bn1.WithRelu(first);
        using var second = conv2.call(x);
        return bn2.WithSumAndRelu(second, downsample?.call(input) ?? input);
    }
}
