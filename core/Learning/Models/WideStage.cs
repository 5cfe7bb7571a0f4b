using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>Blocks of one width; the first brings the image to it.</summary>
internal sealed class WideStage : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Sequential layer;

    public WideStage(int blocks, int inputs, int outputs, int stride)
        : base(nameof(WideStage))
    {
        layer = torch.nn.Sequential([.. Enumerable.Range(0, blocks)
            .Select(i => new WideBlock(i == 0 ? inputs : outputs, outputs, i == 0 ? stride : 1))]);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => layer.call(input);
}
