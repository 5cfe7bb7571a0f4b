using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
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

    /// <summary>Keeps a direction finite where no gradient has been yet.</summary>
    private const double DirectionEpsilon = 1e-8;

    private readonly record struct Slot(MaskedWeight Parameter, torch.Tensor Mean, torch.Tensor Square);

    private readonly List<Slot> _slots = [];
    private readonly TrainingMasks _masks;
    private readonly bool _onHost;
    private readonly torch.Tensor _updates = torch.tensor(0L);
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>A fresh optimiser: no moments are carried over from an earlier training.</summary>
    public AdamWOptimizer(TrainingMasks masks, double beta1, double beta2, double epsilon, double weightDecay)
    {
        _masks = masks;
        _onHost = masks.All.All(w => HostMemory.Holds(w.Weight));
        (_beta1, _beta2) = (beta1, beta2);
        (_epsilon, _weightDecay) = (epsilon, weightDecay);
        foreach (var parameter in masks.All)
            _slots.Add(new Slot(parameter, Zeros(parameter), Zeros(parameter)));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, torch.Tensor> State => _slots
        .SelectMany(s => new[] { KeyValuePair.Create(First + s.Parameter.Name, s.Mean), KeyValuePair.Create(Second + s.Parameter.Name, s.Square) })
        .Append(KeyValuePair.Create(Count, _updates))
        .ToDictionary();

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        var update = Update(learningRate, ++HostMemory.Span<long>(_updates)[0]);
        foreach (var slot in _slots)
        {
            if (slot.Parameter.Weight.grad is not { } gradient)
                continue;
            Step(update, slot, gradient);
            slot.Parameter.Weight.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Reset(string parameter, torch.Tensor where)
    {
        MaskTensors.Clear(Find(parameter).Mean, where);
        MaskTensors.Clear(Find(parameter).Square, where);
    }

    /// <inheritdoc/>
    public torch.Tensor Direction(string parameter)
    {
        using var epsilon = DirectionEpsilon.ToScalar();
        return Find(parameter).Mean.div(Find(parameter).Square.sqrt().add_(epsilon, KeptScalars.One));
    }

    public void Dispose()
    {
        foreach (var (_, mean, square) in _slots)
        {
            mean.Dispose();
            square.Dispose();
        }
        _updates.Dispose();
    }

    private void Step(AdamWUpdate update, Slot slot, torch.Tensor gradient)
    {
        var (parameter, mean, square) = slot;
        if (!_onHost)
        {
            update.Run(parameter.Weight, mean, square, gradient, parameter.Kept);
            return;
        }

        var values = gradient.is_contiguous() ? gradient : gradient.contiguous();
        update.Run(
            HostMemory.Span<float>(parameter.Weight), HostMemory.Span<float>(mean), HostMemory.Span<float>(square), HostMemory.Span<float>(values),
            parameter.Kept is { } kept ? HostMemory.Span<float>(kept) : []);
    }

    private static torch.Tensor Zeros(MaskedWeight parameter) => torch.zeros(parameter.Weight.shape, device: parameter.Weight.device);

    private Slot Find(string parameter) => _slots.Find(s => s.Parameter.Name == parameter);

    private AdamWUpdate Update(double learningRate, long count) => new()
    {
        Rate = (float)(learningRate / (1 - Math.Pow(_beta1, count))),
        Decay = (float)(learningRate * _weightDecay),
        Root = (float)(1 / Math.Sqrt(1 - Math.Pow(_beta2, count))),
        Mean = ((float)_beta1, (float)(1 - _beta1)),
        Square = ((float)_beta2, (float)(1 - _beta2)),
        Epsilon = (float)_epsilon,
        FeedsMoments = _masks.FeedMoments,
    };
}
