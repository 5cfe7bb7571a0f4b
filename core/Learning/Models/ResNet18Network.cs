using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// State dict: <c>conv1</c>, <c>bn1</c>, <c>layer{1,2,3,4}.{0,1}.{conv1,bn1,conv2,bn2}</c>, <c>layer{2,3,4}.0.downsample.{0,1}</c>, <c>fc</c>.
/// </summary>
internal sealed class ResNet18Network : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear fc;

    public ResNet18Network(int channels, int width, int classes)
        : base(nameof(ResNet18Network))
    {
        conv1 = torch.nn.Conv2d(channels, width, 3, padding: 1, bias: false);
        bn1 = new BatchNorm(width);
        layer1 = Stage(width, width);
        layer2 = Stage(width, 2 * width);
        layer3 = Stage(2 * width, 4 * width);
        layer4 = Stage(4 * width, 8 * width);
        fc = torch.nn.Linear(8 * width, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        using var stem = conv1.call(input);
        var x = bn1.WithRelu(stem);
        x = layer4.call(layer3.call(layer2.call(layer1.call(x))));
        return fc.call(x.mean([2, 3]));
    }

    /// <summary>Two blocks; the first halves the image when the channels grow.</summary>
    private static Sequential Stage(int inputs, int outputs) =>
        torch.nn.Sequential(new ProjectionBlock(inputs, outputs), new ProjectionBlock(outputs, outputs));
}
