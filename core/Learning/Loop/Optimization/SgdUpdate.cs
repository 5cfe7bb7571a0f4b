using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>
/// One update of one tensor by SGD in a single pass over its memory: with tensor operations it takes five, and large layers of small
/// batches then spend more time on their weights than on their inputs. On a device it is those tensor operations.
/// </summary>
/// <param name="Rate">Learning rate.</param>
/// <param name="Momentum">µ, in [0, 1).</param>
/// <param name="WeightDecay">At least 0; above, the step is Nesterov's.</param>
internal sealed record SgdUpdate(float Rate, float Momentum, float WeightDecay)
{
    /// <summary>Whether the momentum of pruned weights takes their gradients in; their weights stay at +0 all the same.</summary>
    public bool FeedsMoments { get; init; }

    /// <summary>Changes weights and momentum. An empty mask keeps everything; the last few values take the same operations one by one.</summary>
    public void Run(Span<float> weights, Span<float> momentum, ReadOnlySpan<float> gradients, ReadOnlySpan<float> mask)
    {
        if (FeedsMoments && !mask.IsEmpty)
        {
            RunFeeding(weights, momentum, gradients, mask);
            return;
        }

        if (momentum.Length < weights.Length || gradients.Length < weights.Length || (!mask.IsEmpty && mask.Length < weights.Length))
            throw new ArgumentException($"{weights.Length} weights have {momentum.Length} momenta, {gradients.Length} gradients and a mask of {mask.Length}.", nameof(weights));
        var whole = weights.Length - weights.Length % Vector<float>.Count;
        ref var weight = ref MemoryMarshal.GetReference(weights);
        ref var sum = ref MemoryMarshal.GetReference(momentum);
        ref var given = ref MemoryMarshal.GetReference(gradients);
        ref var kept = ref MemoryMarshal.GetReference(mask);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<float>.Count)
            Update(ref weight, ref sum, Vector.LoadUnsafe(ref given, i), mask.IsEmpty ? Vector<float>.One : Vector.LoadUnsafe(ref kept, i), i);
        for (var i = whole; i < weights.Length; i++)
        {
            var gradient = (gradients[i] + WeightDecay * weights[i]) * (mask.IsEmpty ? 1 : mask[i]);
            momentum[i] = Momentum * momentum[i] + gradient;
            weights[i] -= Rate * (WeightDecay > 0 ? gradient + Momentum * momentum[i] : momentum[i]);
        }
    }

    /// <summary>The same by tensor operations, wherever the tensors lie. Rounding may differ from the pass over memory in the last bit.</summary>
    public void Run(torch.Tensor weight, torch.Tensor momentum, torch.Tensor gradient, torch.Tensor? mask)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var decay = WeightDecay.ToScalar();
        using var share = Momentum.ToScalar();
        using var rate = (-Rate).ToScalar();
        var decayed = WeightDecay > 0 ? gradient.add(weight, decay) : gradient;
        if (mask is not null && !FeedsMoments)
            decayed = decayed.mul(mask);
        momentum.mul_(share).add_(decayed, KeptScalars.One);
        var step = WeightDecay > 0 ? decayed.add(momentum, share) : momentum;
        weight.add_(mask is not null && FeedsMoments ? step.mul(mask) : step, rate);
    }

    private void RunFeeding(Span<float> weights, Span<float> momentum, ReadOnlySpan<float> gradients, ReadOnlySpan<float> mask)
    {
        for (var i = 0; i < weights.Length; i++)
        {
            var gradient = gradients[i] + WeightDecay * weights[i];
            momentum[i] = Momentum * momentum[i] + gradient;
            weights[i] -= Rate * ((WeightDecay > 0 ? gradient + Momentum * momentum[i] : momentum[i]) * mask[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Update(ref float weights, ref float momentum, Vector<float> gradients, Vector<float> mask, nuint at)
    {
        var weight = Vector.LoadUnsafe(ref weights, at);
        var gradient = (gradients + WeightDecay * weight) * mask;
        var sum = Momentum * Vector.LoadUnsafe(ref momentum, at) + gradient;
        sum.StoreUnsafe(ref momentum, at);
        (weight - Rate * (WeightDecay > 0 ? gradient + Momentum * sum : sum)).StoreUnsafe(ref weights, at);
    }
}
