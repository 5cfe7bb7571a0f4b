using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// Norm and ReLU before each of two 3×3 convolutions. Where the channels grow, the shortcut is a 1×1 convolution of the normalised
/// input, elsewhere the input as it is (Zagoruyko, Komodakis 2016, figure 1b).
/// </summary>
internal sealed class WideBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly BatchNorm bn1;
    private readonly Conv2d conv1;
    private readonly BatchNorm bn2;
    private readonly Conv2d conv2;
    private readonly Conv2d? convShortcut;

    public WideBlock(int inputs, int outputs, int stride)
        : base(nameof(WideBlock))
    {
        bn1 = new BatchNorm(inputs);
        conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);
        bn2 = new BatchNorm(outputs);
        conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false);
        if (inputs != outputs)
            convShortcut = torch.nn.Conv2d(inputs, outputs, 1, stride: stride, bias: false);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var first = bn1.WithRelu(input);
        using var x = conv1.call(first);
        using var second = bn2.WithRelu(x);
        return conv2.call(second).add_(convShortcut?.call(first) ?? input, KeptScalars.One);
    }
}
