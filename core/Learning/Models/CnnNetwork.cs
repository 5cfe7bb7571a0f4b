using SparsePipeline.Learning.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>State dict: <c>convs.i.weight</c>, <c>norms.i.*</c>, <c>fc1</c>, <c>fc2</c>.</summary>
internal sealed class CnnNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly ModuleList<Conv2d> convs = new();
    private readonly ModuleList<BatchNorm> norms = new();
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;

    public CnnNetwork(InputShape input, int[] channels, int hidden, int classes)
        : base(nameof(CnnNetwork))
    {
        int[] widths = [input.Channels, .. channels];
        for (var i = 0; i < channels.Length; i++)
        {
            convs.Add(torch.nn.Conv2d(widths[i], widths[i + 1], 3, padding: 1, bias: false));
            norms.Add(new BatchNorm(widths[i + 1]));
        }
        var positions = (input.Height >> channels.Length) * (input.Width >> channels.Length);
        fc1 = new LinearLayer(channels[^1] * positions, hidden);
        fc2 = new LinearLayer(hidden, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = input;
        for (var i = 0; i < convs.Count; i++)
            x = Halve(i, x);
        return fc2.call(fc1.call(x.flatten(1)).relu_());
    }

    private torch.Tensor Halve(int i, torch.Tensor input)
    {
        using var x = convs[i].call(input);
        using var rectified = norms[i].WithRelu(x);
        return torch.nn.functional.max_pool2d(rectified, 2);
    }
}
