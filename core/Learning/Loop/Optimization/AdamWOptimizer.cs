using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// AdamW as in PyTorch: w −= lr·wd·w, m = β₁m + (1 − β₁)g, v = β₂v + (1 − β₂)g², w −= lr·m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ) and
/// v̂ = v / (1 − β₂ᵗ).
/// </summary>
/// <remarks>
/// Gradients of pruned weights are zeroed first: these weights and both their moments stay at exactly +0. The count t of updates is part of
/// the state, so that a resumed training goes on with the same corrections.
/// </remarks>
internal sealed class AdamWOptimizer : IOptimizer
{
    private const string Count = "adamw/updates";
    private const string First = "adamw/mean/";
    private const string Second = "adamw/square/";

    private readonly record struct Slot(string Name, torch.Tensor Weight, torch.Tensor Mean, torch.Tensor Square, torch.Tensor? Mask);

    private readonly List<Slot> _slots = [];
    private readonly torch.Tensor _updates = torch.tensor(0L);
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>A fresh optimiser: no moments are carried over from an earlier training. Pruned weights are set to zero.</summary>
    public AdamWOptimizer(torch.nn.Module network, double beta1, double beta2, double epsilon, double weightDecay, SparsityMask? mask)
    {
        (_beta1, _beta2) = (beta1, beta2);
        (_epsilon, _weightDecay) = (epsilon, weightDecay);
        using var off = torch.no_grad();
        foreach (var (name, weight) in TiedWeights.Parameters(network))
        {
            var kept = mask?.Find(name);
            if (kept is not null)
                MaskTensors.Apply(weight, kept);
            _slots.Add(new Slot(name, weight, torch.zeros(weight.shape), torch.zeros(weight.shape), kept is null ? null : MaskTensors.Create(kept)));
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, torch.Tensor> State => _slots
        .SelectMany(s => new[] { KeyValuePair.Create(First + s.Name, s.Mean), KeyValuePair.Create(Second + s.Name, s.Square) })
        .Append(KeyValuePair.Create(Count, _updates))
        .ToDictionary();

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        var update = Update(learningRate, ++MemoryMarshal.Cast<byte, long>(_updates.bytes)[0]);
        foreach (var (_, weight, mean, square, mask) in _slots)
        {
            if (weight.grad is not { } gradient)
                continue;
            using var values = gradient.contiguous();
            update.Run(Floats(weight), Floats(mean), Floats(square), Floats(values), mask is null ? [] : Floats(mask));
            weight.grad = null;
        }
    }

    public void Dispose()
    {
        foreach (var (_, _, mean, square, mask) in _slots)
        {
            mean.Dispose();
            square.Dispose();
            mask?.Dispose();
        }
        _updates.Dispose();
    }

    private AdamWUpdate Update(double learningRate, long count) => new()
    {
        Rate = (float)(learningRate / (1 - Math.Pow(_beta1, count))),
        Decay = (float)(learningRate * _weightDecay),
        Root = (float)(1 / Math.Sqrt(1 - Math.Pow(_beta2, count))),
        Mean = ((float)_beta1, (float)(1 - _beta1)),
        Square = ((float)_beta2, (float)(1 - _beta2)),
        Epsilon = (float)_epsilon,
    };

    private static Span<float> Floats(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
