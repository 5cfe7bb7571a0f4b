using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparsePipeline.Benchmarks;

/// <summary>A block of a wide residual network: norm and ReLU before each convolution.</summary>
internal sealed class PlainWideBlock : Module<torch.Tensor, torch.Tensor>
{
    private readonly Module<torch.Tensor, torch.Tensor> first;
    private readonly Module<torch.Tensor, torch.Tensor> rest;
    private readonly Module<torch.Tensor, torch.Tensor>? projection;

    public PlainWideBlock(int inputs, int outputs)
        : base(nameof(PlainWideBlock))
    {
        var stride = inputs is 16 || inputs == outputs ? 1 : 2;
        first = Sequential(BatchNorm2d(inputs), ReLU());
        rest = Sequential(PlainNetworks.Conv(inputs, outputs, stride), BatchNorm2d(outputs), ReLU(), PlainNetworks.Conv(outputs, outputs));
        if (inputs != outputs)
            projection = Conv2d(inputs, outputs, 1, stride: stride, bias: false);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = first.call(input);
        return rest.call(x) + (projection?.call(x) ?? input);
    }
}
