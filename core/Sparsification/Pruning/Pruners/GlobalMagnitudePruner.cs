using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes the smallest |w| of the whole network.</summary>
/// <remarks>
/// One threshold over all prunable tensors, found exactly in two passes over the weights: O(n) time, 0.5 MB beside the weights.
/// Among equal magnitudes the lower flat index is kept, tensors taken in ordinal order of their names. No seed is used.
/// </remarks>
internal sealed class GlobalMagnitudePruner : IPruner
{
    public const string Name = "global-magnitude";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "Global magnitude",
        UseWhen = "Use first: simple, strong, and the default of Sparse Model Soups.",
        Paper = "Han, Pool, Tran, Dally, Learning both Weights and Connections for Efficient Neural Networks, 2015, arXiv 1506.02626",
    };

    public IScore Score => MagnitudeScore.Instance;

    public string Allocation => GlobalAllocation.Name;
}
