using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>The trainer's update and a global cut, by tensor operations on whatever device the weights are on.</summary>
/// <remarks>Numbers are kept alive for the reason that <c>docs/decisions/0014</c> gives.</remarks>
internal sealed class MaskedSgd : IDisposable
{
    private readonly Scalar _one = 1.0.ToScalar();
    private readonly Scalar _momentum = 0.9.ToScalar();
    private readonly Scalar _decay = 5e-4.ToScalar();
    private readonly Scalar _rate = (-1e-3).ToScalar();
    private readonly List<(torch.Tensor Weight, torch.Tensor Buffer, torch.Tensor Mask)> _slots;

    public MaskedSgd(torch.nn.Module network) =>
        _slots = [.. network.parameters().Select(p => ((torch.Tensor)p, torch.zeros_like(p), torch.ones_like(p)))];

    public void Step()
    {
        using var off = torch.no_grad();
        foreach (var (weight, buffer, mask) in _slots)
        {
            var gradient = weight.grad!.add_(weight, _decay).mul_(mask);
            buffer.mul_(_momentum).add_(gradient, _one);
            weight.add_(gradient.add_(buffer, _momentum), _rate);
            weight.grad = null;
        }
    }

    /// <summary>Keeps the largest weights of all layers together.</summary>
    public void Cut(double sparsity)
    {
        using var off = torch.no_grad();
        var layers = _slots.Where(s => s.Weight.dim() > 1).ToList();
        var all = torch.cat([.. layers.Select(s => s.Weight.abs().flatten())]);
        var threshold = all.kthvalue((long)(sparsity * all.numel()), -1).values;
        foreach (var (weight, _, mask) in layers)
        {
            mask.copy_(weight.abs().gt(threshold));
            weight.mul_(mask);
        }
    }

    public void Dispose()
    {
        foreach (var (_, buffer, mask) in _slots)
        {
            buffer.Dispose();
            mask.Dispose();
        }
        _one.Dispose();
        _momentum.Dispose();
        _decay.Dispose();
        _rate.Dispose();
    }
}
