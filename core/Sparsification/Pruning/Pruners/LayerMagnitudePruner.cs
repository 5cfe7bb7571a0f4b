using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes the smallest |w| of every layer, to the same density in each.</summary>
/// <remarks>Ties as in <see cref="GlobalMagnitudePruner"/>. No seed is used.</remarks>
internal sealed class LayerMagnitudePruner : IPruner
{
    public const string Name = "layer-magnitude";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Pruner,
        Name = Name,
        Title = "Layer-wise magnitude",
        UseWhen = "Use when a global cut leaves a layer with no weights.",
        Paper = "Han, Pool, Tran, Dally, Learning both Weights and Connections for Efficient Neural Networks, 2015, arXiv 1506.02626",
    };

    public IScore Score => MagnitudeScore.Instance;

    public string Allocation => UniformAllocation.Name;
}
