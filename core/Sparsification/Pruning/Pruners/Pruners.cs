using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The registered pruners. A new one is a class here and a line in this list.</summary>
public static class Pruners
{
    public static MethodRegistry<IPruner> Registry { get; } = new(
        MethodAxes.Pruner, new GlobalMagnitudePruner(), new LayerMagnitudePruner(), new RandomPruner(), new NonePruner(), new WandaPruner(), new SparseGptPruner());

    /// <summary>The allocation that a cut has by itself.</summary>
    /// <exception cref="DomainException">There is no such pruner.</exception>
    public static NamedMethod OwnAllocation(MethodSpec pruner) => new(MethodAxes.Allocation, Registry.Find(pruner.Name).Allocation);
}
