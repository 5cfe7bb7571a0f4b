using SparsePipeline.Learning.Data;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>State dict: <c>conv1</c>, <c>conv2</c>, <c>fc1</c>, <c>fc2</c>, <c>fc3</c>, each with weight and bias.</summary>
internal sealed class LeNet5Network : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly LinearLayer fc1;
    private readonly LinearLayer fc2;
    private readonly LinearLayer fc3;

    public LeNet5Network(InputShape input, int classes)
        : base(nameof(LeNet5Network))
    {
        conv1 = torch.nn.Conv2d(input.Channels, 6, 5, padding: 2);
        conv2 = torch.nn.Conv2d(6, 16, 5);
        fc1 = new LinearLayer(16 * After(input.Height) * After(input.Width), 120);
        fc2 = new LinearLayer(120, 84);
        fc3 = new LinearLayer(84, classes);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var x = torch.nn.functional.max_pool2d(conv1.call(input).relu_(), 2);
        x = torch.nn.functional.max_pool2d(conv2.call(x).relu_(), 2).flatten(1);
        return fc3.call(fc2.call(fc1.call(x).relu_()).relu_());
    }

    /// <summary>Side after both convolutions and poolings.</summary>
    private static int After(int side) => (side / 2 - 4) / 2;
}
