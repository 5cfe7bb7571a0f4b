namespace SparsePipeline.Sparsification.Souping;

/// <summary>What a soup is made of.</summary>
/// <param name="Members">Indices of candidates without repetition, in the order they were added.</param>
public sealed record SoupMix(IReadOnlyList<int> Members)
{
    /// <summary>λ of the members in their order, 1 in all; null for equal ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>
    /// How weights are merged where λ is not one number per member: per tensor, per row or per element. Null for a mean. Statistics of norms are
    /// averaged all the same, since they are measured again afterwards.
    /// </summary>
    public ITensorMerge? Merge { get; init; }
}
