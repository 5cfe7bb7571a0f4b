using TorchSharp;
using static TorchSharp.torch.nn;

namespace SparsePipeline.Benchmarks;

/// <summary>A residual block with a padded (ResNet-20) or projected (ResNet-18) shortcut.</summary>
internal sealed class PlainResidual : Module<torch.Tensor, torch.Tensor>
{
    private readonly Module<torch.Tensor, torch.Tensor> main;
    private readonly Module<torch.Tensor, torch.Tensor>? projection;
    private readonly int _grown;

    public PlainResidual(int inputs, int outputs, bool projected)
        : base(nameof(PlainResidual))
    {
        _grown = outputs - inputs;
        var stride = _grown == 0 ? 1 : 2;
        main = Sequential(
            PlainNetworks.Conv(inputs, outputs, stride), BatchNorm2d(outputs), ReLU(), PlainNetworks.Conv(outputs, outputs), BatchNorm2d(outputs));
        if (projected && _grown > 0)
            projection = Sequential(Conv2d(inputs, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => functional.relu(main.call(input) + Shortcut(input));

    private torch.Tensor Shortcut(torch.Tensor input)
    {
        if (_grown == 0 || projection is not null)
            return projection?.call(input) ?? input;
        var every = torch.TensorIndex.Slice(null, null, 2);
        return functional.pad(input[torch.TensorIndex.Colon, torch.TensorIndex.Colon, every, every], [0, 0, 0, 0, _grown / 2, _grown / 2]);
    }
}
