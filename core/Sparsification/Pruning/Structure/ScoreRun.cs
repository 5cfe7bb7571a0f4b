namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Scores by their bits, which for numbers from 0 up are ordered as the numbers are.</summary>
/// <param name="values">Numbers.</param>
/// <param name="significant">The score's bits are those of the number under this mask: magnitudes need no more than their sign ignored.</param>
public readonly ref struct ScoreRun(ReadOnlySpan<float> values, int significant)
{
    /// <summary>The numbers are the scores.</summary>
    public const int AllBits = -1;

    /// <summary>The numbers' magnitudes are the scores.</summary>
    public const int AllButSign = int.MaxValue;

    public ReadOnlySpan<float> Values { get; } = values;

    public int Significant { get; } = significant;

    /// <summary>Bits of the score at i; negative for a weight that an earlier cut pruned.</summary>
    public int Bits(int i) => BitConverter.SingleToInt32Bits(Values[i]) & Significant;
}
