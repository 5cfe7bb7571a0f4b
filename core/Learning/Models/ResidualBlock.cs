using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Two 3×3 convolutions beside a shortcut without parameters (He et al. 2016, option A).</summary>
internal sealed class ResidualBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm bn2;
    private readonly int _stride;
    private readonly int _grown;

    public ResidualBlock(int inputs, int outputs)
        : base(nameof(ResidualBlock))
    {
        _stride = inputs == outputs ? 1 : 2;
        _grown = outputs - inputs;
        conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride: _stride, padding: 1, bias: false);
        bn1 = new BatchNorm(outputs);
        conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        bn2 = new BatchNorm(outputs);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var first = conv1.call(input);
        using var x = bn1.WithRelu(first);
        using var second = conv2.call(x);
        return bn2.WithSumAndRelu(second, Shortcut(input));
    }

    /// <summary>The input itself; where the block grows, every second pixel with zero channels on both sides.</summary>
    private torch.Tensor Shortcut(torch.Tensor input)
    {
        if (_grown == 0)
            return input;
        var every = torch.TensorIndex.Slice(null, null, _stride);
        var thinned = input[torch.TensorIndex.Colon, torch.TensorIndex.Colon, every, every];
        return torch.nn.functional.pad(thinned, [0, 0, 0, 0, _grown / 2, _grown - _grown / 2]);
    }
}
