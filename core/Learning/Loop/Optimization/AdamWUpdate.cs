using System.Numerics;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>One update of one tensor by AdamW in a single pass over its memory, for the reason <see cref="SgdUpdate"/> gives.</summary>
internal sealed record AdamWUpdate
{
    /// <summary>Learning rate over 1 − β₁ᵗ.</summary>
    public required float Rate { get; init; }

    /// <summary>Learning rate times weight decay.</summary>
    public required float Decay { get; init; }

    /// <summary>1 / √(1 − β₂ᵗ).</summary>
    public required float Root { get; init; }

    /// <summary>β₁, and the share 1 − β₁ of the new gradient, which single precision would not give.</summary>
    public required (float Old, float New) Mean { get; init; }

    /// <summary>β₂, and 1 − β₂.</summary>
    public required (float Old, float New) Square { get; init; }

    public required float Epsilon { get; init; }

    /// <summary>Whether the moments of pruned weights take their gradients in; their weights stay at +0 all the same.</summary>
    public bool FeedsMoments { get; init; }

    /// <summary>Changes weights and moments. An empty mask keeps everything; the last few values take the same operations one by one.</summary>
    public void Run(Span<float> weights, Span<float> means, Span<float> squares, ReadOnlySpan<float> gradients, ReadOnlySpan<float> mask)
    {
        var feeds = FeedsMoments && !mask.IsEmpty;
        var whole = weights.Length - weights.Length % Vector<float>.Count;
        for (var i = 0; i < whole; i += Vector<float>.Count)
        {
            var kept = mask.IsEmpty ? Vector<float>.One : new Vector<float>(mask[i..]);
            Update(weights[i..], means[i..], squares[i..], new Vector<float>(gradients[i..]) * (feeds ? Vector<float>.One : kept), feeds ? kept : Vector<float>.One);
        }

        for (var i = whole; i < weights.Length; i++)
        {
            var kept = mask.IsEmpty ? 1 : mask[i];
            var gradient = gradients[i] * (feeds ? 1 : kept);
            means[i] = Mean.Old * means[i] + Mean.New * gradient;
            squares[i] = Square.Old * squares[i] + Square.New * (gradient * gradient);
            weights[i] = weights[i] - Decay * weights[i] - Rate * means[i] / (Root * MathF.Sqrt(squares[i]) + Epsilon) * (feeds ? kept : 1);
        }
    }

    /// <summary>The same by tensor operations, wherever the tensors lie. Rounding may differ from the pass over memory in the last bit.</summary>
    public void Run(torch.Tensor weight, torch.Tensor mean, torch.Tensor square, torch.Tensor gradient, torch.Tensor? mask)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var given = mask is null || FeedsMoments ? gradient : gradient.mul(mask);
        Blend(mean, Mean, given);
        Blend(square, Square, given.mul(given));
        var step = mean.div(Scaled(square.sqrt(), Root, Epsilon));
        using var shrink = (1 - Decay).ToScalar();
        using var rate = (-Rate).ToScalar();
        weight.mul_(shrink).add_(mask is null || !FeedsMoments ? step : step.mul(mask), rate);
    }

    private static void Blend(torch.Tensor average, (float Old, float New) shares, torch.Tensor value)
    {
        using var old = shares.Old.ToScalar();
        using var share = shares.New.ToScalar();
        average.mul_(old).add_(value, share);
    }

    private static torch.Tensor Scaled(torch.Tensor root, float factor, float offset)
    {
        using var scale = factor.ToScalar();
        using var epsilon = offset.ToScalar();
        return root.mul_(scale).add_(epsilon, KeptScalars.One);
    }

    private void Update(Span<float> weights, Span<float> means, Span<float> squares, Vector<float> gradient, Vector<float> outflow)
    {
        var weight = new Vector<float>(weights);
        var mean = Mean.Old * new Vector<float>(means) + Mean.New * gradient;
        var square = Square.Old * new Vector<float>(squares) + Square.New * (gradient * gradient);
        mean.CopyTo(means);
        square.CopyTo(squares);
        (weight - Decay * weight - Rate * mean / (Root * Vector.SquareRoot(square) + new Vector<float>(Epsilon)) * outflow).CopyTo(weights);
    }
}
