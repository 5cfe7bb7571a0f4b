using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Two 3×3 convolutions beside a shortcut: the input itself, unless the block grows (He et al. 2016, figure 2).</summary>
internal sealed class ResidualBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm bn2;
    private readonly Sequential? downsample;
    private readonly int _grown;

    public ResidualBlock(int inputs, int outputs, bool projected)
        : base(nameof(ResidualBlock))
    {
        _grown = outputs - inputs;
        var stride = _grown == 0 ? 1 : 2;
        conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        bn1 = new BatchNorm(outputs);
        conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = new BatchNorm(outputs);
        if (projected && _grown != 0)
            downsample = torch.nn.Sequential(torch.nn.Conv2d(inputs, outputs, 1, stride: stride, bias: false), new BatchNorm(outputs));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var first = conv1.call(input);
        using var x = bn1.WithRelu(first);
        using var second = conv2.call(x);
        return bn2.WithSumAndRelu(second, _grown == 0 ? input : downsample?.call(input) ?? Padded(input));
    }

    /// <summary>Every second pixel, with zero channels on both sides.</summary>
    private torch.Tensor Padded(torch.Tensor input)
    {
        var every = torch.TensorIndex.Slice(null, null, 2);
        var thinned = input[torch.TensorIndex.Colon, torch.TensorIndex.Colon, every, every];
        return torch.nn.functional.pad(thinned, [0, 0, 0, 0, _grown / 2, _grown - _grown / 2]);
    }
}
