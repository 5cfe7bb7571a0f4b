using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered pruners. A new one is a class here and a line in this list.</summary>
public static class Pruners
{
    public static MethodRegistry<IPruner> Registry { get; } = new(
        MethodAxes.Pruner, new GlobalMagnitudePruner(), new LayerMagnitudePruner(), new RandomPruner(), new NonePruner(), new WandaPruner(), new SparseGptPruner());
}
