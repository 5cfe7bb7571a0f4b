using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Calibration;

/// <summary>Networks of a single BatchNorm, whose statistics can be worked out from the data.</summary>
internal sealed class SmallNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly BatchNorm norm = new(1);
    private readonly long[] _shape;

    public SmallNetwork(int rank)
        : base(nameof(SmallNetwork))
    {
        _shape = rank switch { 1 => [-1, 1, 64], 2 => [-1, 1, 8, 8], _ => [-1, 1, 4, 4, 4] };
        RegisterComponents();
    }

    public float Mean => State<float>("running_mean");

    public float Variance => State<float>("running_var");

    public long BatchesTracked => State<long>("num_batches_tracked");

    public bool Cumulative => norm.Cumulative;

    public override torch.Tensor forward(torch.Tensor input) => norm.call(input.view(_shape)).flatten(1);

    private T State<T>(string name)
        where T : unmanaged => norm.get_buffer(name)!.data<T>()[0];
}
