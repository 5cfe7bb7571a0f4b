using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>State dict: <c>conv1</c>, <c>bn1</c>, <c>layer{1,2,3}.{0,1,2}.{conv1,bn1,conv2,bn2}</c>, <c>fc</c>.</summary>
internal sealed class ResNet20Network : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Linear fc;

    public ResNet20Network(int channels, int width, int classes)
        : base(nameof(ResNet20Network))
    {
        conv1 = torch.nn.Conv2d(channels, width, 3, padding: 1, bias: false);
        bn1 = new BatchNorm(width);
        layer1 = Stage(width, width);
        layer2 = Stage(width, 2 * width);
        layer3 = Stage(2 * width, 4 * width);
        fc = torch.nn.Linear(4 * width, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var stem = conv1.call(input);
        var x = bn1.WithRelu(stem);
        x = layer3.call(layer2.call(layer1.call(x)));
        return fc.call(x.mean([2, 3]));
    }

    /// <summary>Three blocks; the first halves the image when the channels grow.</summary>
    private static Sequential Stage(int inputs, int outputs) => torch.nn.Sequential(
        new ResidualBlock(inputs, outputs), new ResidualBlock(outputs, outputs), new ResidualBlock(outputs, outputs));
}
