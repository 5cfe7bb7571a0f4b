using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>How important each weight is: the least important are pruned first.</summary>
public interface IScore
{
    /// <summary>
    /// Whether the mean over weights that stay or go together says what they are worth. Not so where scores are drawn: means of many
    /// would be alike, so the score of the first decides.
    /// </summary>
    bool Averages => true;

    /// <summary>The score of one tensor's weights: scores that go by what came into a layer are made for it here, others are the same everywhere.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="statistics">What came into its layer; null when nothing was collected.</param>
    IScore For(PrunableTensor tensor, LayerStatistics? statistics) => this;

    /// <summary>Scores one run of consecutive weights of a tensor.</summary>
    /// <param name="context">Which weights these are.</param>
    /// <param name="weights">The weights, as 32-bit floats.</param>
    /// <param name="scores">Receives one score per weight, 0 or greater; NaN or infinity makes the cut fail as not finite.</param>
    /// <remarks>
    /// Called for many runs at once from several threads: keep no state, and let a score depend on nothing but its weight, its
    /// position in its tensor, the tensor's name and the seed, so that neither the split into runs nor the order of layers matters.
    /// </remarks>
    void Score(in ScoreContext context, ReadOnlySpan<float> weights, Span<float> scores);

    /// <summary>The same of 64-bit weights, with no step in 32 bits.</summary>
    /// <inheritdoc cref="Score(in ScoreContext, ReadOnlySpan{float}, Span{float})"/>
    void Score(in ScoreContext context, ReadOnlySpan<double> weights, Span<double> scores);
}
