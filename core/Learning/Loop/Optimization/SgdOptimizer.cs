using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Runtime;
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

    private readonly record struct Slot(MaskedWeight Parameter, torch.Tensor Buffer);

    private readonly List<Slot> _slots = [];
    private readonly TrainingMasks _masks;
    private readonly bool _onHost;
    private readonly double _momentum;
    private readonly double _weightDecay;

    /// <summary>A fresh optimizer: no momentum is carried over from an earlier training.</summary>
    public SgdOptimizer(TrainingMasks masks, double momentum, double weightDecay)
    {
        _masks = masks;
        _onHost = masks.All.All(w => HostMemory.Holds(w.Weight));
        _momentum = momentum;
        _weightDecay = weightDecay;
        foreach (var parameter in masks.All)
            _slots.Add(new Slot(parameter, torch.zeros(parameter.Weight.shape, device: parameter.Weight.device)));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, torch.Tensor> State => _slots.ToDictionary(s => Momentum + s.Parameter.Name, s => s.Buffer);

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        var update = new SgdUpdate((float)learningRate, (float)_momentum, (float)_weightDecay) { FeedsMoments = _masks.FeedMoments };
        foreach (var (parameter, buffer) in _slots)
        {
            if (parameter.Weight.grad is not { } gradient)
                continue;
            Step(update, parameter, buffer, gradient);
            parameter.Weight.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Reset(string parameter, torch.Tensor where) => MaskTensors.Clear(Buffer(parameter), where);

    /// <inheritdoc/>
    public torch.Tensor Direction(string parameter) => Buffer(parameter).alias();

    public void Dispose() => _slots.ForEach(s => s.Buffer.Dispose());

    private torch.Tensor Buffer(string parameter) => _slots.Find(s => s.Parameter.Name == parameter).Buffer;

    private void Step(SgdUpdate update, MaskedWeight parameter, torch.Tensor buffer, torch.Tensor gradient)
    {
        if (!_onHost)
        {
            update.Run(parameter.Weight, buffer, gradient, parameter.Kept);
            return;
        }

        var values = gradient.is_contiguous() ? gradient : gradient.contiguous();
        update.Run(
            HostMemory.Span<float>(parameter.Weight), HostMemory.Span<float>(buffer), HostMemory.Span<float>(values),
            parameter.Kept is { } kept ? HostMemory.Span<float>(kept) : []);
    }
}
