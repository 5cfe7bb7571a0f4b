using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>|w|.</summary>
/// <remarks>Han, Pool, Tran, Dally, "Learning both Weights and Connections for Efficient Neural Networks", 2015, arXiv 1506.02626.</remarks>
internal sealed class MagnitudeScore : IScore
{
    public static MagnitudeScore Instance { get; } = new();

    public void Score(in ScoreContext context, ReadOnlySpan<float> weights, Span<float> scores) => Magnitude.Of(weights, scores);

    public void Score(in ScoreContext context, ReadOnlySpan<double> weights, Span<double> scores) => Magnitude.Of(weights, scores);
}
