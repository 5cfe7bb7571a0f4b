using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// State dict: <c>conv1</c>, <c>block{1,2,3}.layer.i.{bn1,conv1,bn2,conv2,convShortcut}</c>, <c>bn1</c>, <c>fc</c>: the names of the
/// PyTorch port that is used most, xternalz/WideResNet-pytorch.
/// </summary>
internal sealed class WideResNetNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private const int Stem = 16;

    private readonly Conv2d conv1;
    private readonly WideStage block1;
    private readonly WideStage block2;
    private readonly WideStage block3;
    private readonly BatchNorm bn1;
    private readonly LinearLayer fc;

    /// <param name="channels">Of the images.</param>
    /// <param name="blocks">Per stage.</param>
    /// <param name="widen">Factor on 16, 32 and 64 channels.</param>
    /// <param name="classes">Logits.</param>
    public WideResNetNetwork(int channels, int blocks, int widen, int classes)
        : base(nameof(WideResNetNetwork))
    {
        var width = Stem * widen;
        conv1 = torch.nn.Conv2d(channels, Stem, 3, padding: 1, bias: false);
        block1 = new WideStage(blocks, Stem, width, stride: 1);
        block2 = new WideStage(blocks, width, 2 * width, stride: 2);
        block3 = new WideStage(blocks, 2 * width, 4 * width, stride: 2);
        bn1 = new BatchNorm(4 * width);
        fc = new LinearLayer(4 * width, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = block3.call(block2.call(block1.call(conv1.call(input))));
        return fc.call(bn1.WithRelu(x).mean([2, 3]));
    }
}
