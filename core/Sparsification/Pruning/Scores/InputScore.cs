using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>|w| times the root of the mean square of the input it is multiplied with.</summary>
/// <param name="roots">One per column of the tensor; null while the layer is not known.</param>
internal sealed class InputScore(double[]? roots) : IScore
{
    /// <summary>Of no layer: <see cref="For"/> makes those that score.</summary>
    public static InputScore Unknown { get; } = new(null);

    public IScore For(PrunableTensor tensor, LayerStatistics? statistics) => statistics is null
        ? throw new ArgumentNullException(nameof(statistics), $"'{tensor.Name}' has no statistics.")
        : new InputScore([.. Enumerable.Range(0, statistics.Inputs).Select(statistics.Root)]);

    public void Score(in ScoreContext context, ReadOnlySpan<float> weights, Span<float> scores)
    {
        for (var i = 0; i < weights.Length; i++)
            scores[i] = (float)(Math.Abs((double)weights[i]) * Root(context.Start + i));
    }

    public void Score(in ScoreContext context, ReadOnlySpan<double> weights, Span<double> scores)
    {
        for (var i = 0; i < weights.Length; i++)
            scores[i] = Math.Abs(weights[i]) * Root(context.Start + i);
    }

    private double Root(long index) =>
        (roots ?? throw new InvalidOperationException("This score is that of a layer: ask it for one first."))[index % roots.Length];
}
