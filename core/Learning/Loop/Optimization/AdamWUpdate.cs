using System.Numerics;

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

    /// <summary>Changes weights and moments. An empty mask keeps everything; the last few values take the same operations one by one.</summary>
    public void Run(Span<float> weights, Span<float> means, Span<float> squares, ReadOnlySpan<float> gradients, ReadOnlySpan<float> mask)
    {
        var whole = weights.Length - weights.Length % Vector<float>.Count;
        for (var i = 0; i < whole; i += Vector<float>.Count)
            Update(weights[i..], means[i..], squares[i..], new Vector<float>(gradients[i..]) * (mask.IsEmpty ? Vector<float>.One : new Vector<float>(mask[i..])));
        for (var i = whole; i < weights.Length; i++)
        {
            var gradient = gradients[i] * (mask.IsEmpty ? 1 : mask[i]);
            means[i] = Mean.Old * means[i] + Mean.New * gradient;
            squares[i] = Square.Old * squares[i] + Square.New * (gradient * gradient);
            weights[i] = weights[i] - Decay * weights[i] - Rate * means[i] / (Root * MathF.Sqrt(squares[i]) + Epsilon);
        }
    }

    private void Update(Span<float> weights, Span<float> means, Span<float> squares, Vector<float> gradient)
    {
        var weight = new Vector<float>(weights);
        var mean = Mean.Old * new Vector<float>(means) + Mean.New * gradient;
        var square = Square.Old * new Vector<float>(squares) + Square.New * (gradient * gradient);
        mean.CopyTo(means);
        square.CopyTo(squares);
        (weight - Decay * weight - Rate * mean / (Root * Vector.SquareRoot(square) + new Vector<float>(Epsilon))).CopyTo(weights);
    }
}
