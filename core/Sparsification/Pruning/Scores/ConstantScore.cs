namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Every weight is as important as any other.</summary>
internal sealed class ConstantScore : IScore
{
    public static ConstantScore Instance { get; } = new();

    public void Score(in ScoreContext context, ReadOnlySpan<float> weights, Span<float> scores) => scores.Fill(1);

    public void Score(in ScoreContext context, ReadOnlySpan<double> weights, Span<double> scores) => scores.Fill(1);
}
