namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Tensors that compete with each other for the weights to be kept.</summary>
/// <param name="Tensors">Indices of the tensors, ascending.</param>
/// <param name="Kept">Weights to keep among them.</param>
public sealed record CutGroup(IReadOnlyList<int> Tensors, long Kept)
{
    /// <summary>
    /// Whether the tensors compete for their numbers only, and within each of them the weights of a row with each other. Structures whose weights do not
    /// stand by themselves take no notice.
    /// </summary>
    public bool ByRow { get; init; }
}
