using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Tests.Calibration;

/// <summary>Networks of a single BatchNorm, whose statistics can be worked out from the data.</summary>
internal sealed class SmallNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly BatchNorm norm;
    private readonly long[] _shape;

    public SmallNetwork(int rank)
        : base(nameof(SmallNetwork))
    {
        norm = rank switch { 1 => torch.nn.BatchNorm1d(1), 2 => torch.nn.BatchNorm2d(1), _ => torch.nn.BatchNorm3d(1) };
        _shape = rank switch { 1 => [-1, 1, 64], 2 => [-1, 1, 8, 8], _ => [-1, 1, 4, 4, 4] };
        RegisterComponents();
    }

    public float Mean => norm.running_mean!.item<float>();

    public float Variance => norm.running_var!.item<float>();

    public long BatchesTracked => norm.num_batches_tracked!.item<long>();

    public double? Momentum => norm.momentum;

    public override torch.Tensor forward(torch.Tensor input) => norm.call(input.view(_shape)).flatten(1);
}
