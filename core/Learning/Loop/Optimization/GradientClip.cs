using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// Shortens gradients whose L2 norm over all kept weights is above a limit to that limit: g ← g · c / ‖g‖ (Pascanu, Mikolov, Bengio 2013,
/// arXiv 1211.5063). Others keep their bits.
/// </summary>
/// <remarks>Gradients of pruned weights move nothing and do not count.</remarks>
internal sealed class GradientClip : IDisposable
{
    private readonly record struct Slot(torch.Tensor Weight, torch.Tensor? Mask);

    private readonly List<Slot> _slots = [];
    private readonly double _limit;

    /// <param name="network">Its gradients are shortened.</param>
    /// <param name="limit">c, above 0.</param>
    /// <param name="mask">Null for dense networks.</param>
    public GradientClip(torch.nn.Module network, double limit, SparsityMask? mask)
    {
        _limit = limit;
        foreach (var (name, weight) in TiedWeights.Parameters(network))
            _slots.Add(new Slot(weight, mask?.Find(name) is { } kept ? MaskTensors.Create(kept) : null));
    }

    /// <summary>Shortens the gradients there are. Call it inside the step's dispose scope.</summary>
    public void Apply()
    {
        using var off = torch.no_grad();
        var norm = Math.Sqrt(_slots.Sum(Squares));
        if (norm <= _limit)
            return;
        using var factor = (_limit / norm).ToScalar();
        foreach (var slot in _slots)
            slot.Weight.grad?.mul_(factor);
    }

    public void Dispose() => _slots.ForEach(s => s.Mask?.Dispose());

    private static double Squares(Slot slot)
    {
        if (slot.Weight.grad is not { } gradient)
            return 0;
        if (slot.Mask is not null)
            gradient.mul_(slot.Mask);
        return MemoryMarshal.Read<float>(gradient.mul(gradient).sum().bytes);
    }
}
