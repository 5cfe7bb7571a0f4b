using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// SGD with momentum as in PyTorch: g += wd·w, b = µb + g, step g + µb with Nesterov or b without, w −= lr·step.
/// Nesterov iff the weight decay is above 0, as in the SMS reference code.
/// </summary>
/// <remarks>
/// Gradients of pruned weights are zeroed first. A pruned weight and its momentum then stay at exactly +0, the same as
/// re-applying the mask after each update, but for the −0 that a product with the mask leaves. Written here rather than taken
/// from the library because its buffers cannot be read back exactly for resume points.
/// </remarks>
internal sealed class SgdOptimizer : IOptimizer
{
    private const string Momentum = "momentum/";

    private readonly record struct Slot(string Name, torch.Tensor Weight, torch.Tensor Buffer, torch.Tensor? Mask);

    private readonly List<Slot> _slots = [];
    private readonly double _momentum;
    private readonly double _weightDecay;

    /// <summary>A fresh optimizer: no momentum is carried over from an earlier training. Pruned weights are set to zero.</summary>
    public SgdOptimizer(torch.nn.Module network, double momentum, double weightDecay, SparsityMask? mask)
    {
        _momentum = momentum;
        _weightDecay = weightDecay;
        foreach (var (name, weight) in TiedWeights.Parameters(network))
            _slots.Add(new Slot(name, weight, torch.zeros(weight.shape), mask?.Find(name) is { } tensor ? MaskTensors.Create(tensor) : null));
        using var gradients = torch.no_grad();
        foreach (var slot in _slots.Where(s => s.Mask is not null))
            MaskTensors.Apply(slot.Weight, mask!.Find(slot.Name)!);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, torch.Tensor> State => _slots.ToDictionary(s => Momentum + s.Name, s => s.Buffer);

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        var update = new SgdUpdate((float)learningRate, (float)_momentum, (float)_weightDecay);
        foreach (var (_, weight, buffer, mask) in _slots)
        {
            if (weight.grad is not { } gradient)
                continue;
            using var values = gradient.contiguous();
            update.Run(Floats(weight), Floats(buffer), Floats(values), mask is null ? [] : Floats(mask));
            weight.grad = null;
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Buffer.Dispose();
            slot.Mask?.Dispose();
        }
    }

    private static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
