namespace SparsePipeline.Sparsification.Souping;

/// <summary>Makes one difference from the anchor of those of several members.</summary>
internal interface IDeltaCombination
{
    /// <param name="deltas">One per member.</param>
    double Of(ReadOnlySpan<double> deltas);
}
