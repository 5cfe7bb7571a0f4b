using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Which cuts a structure can make: asked of recipes and before every cut.</summary>
public static class StructureFit
{
    private const double Tolerance = 1e-9;

    /// <summary>Why a structure makes no sense with the rest of a cut, or null.</summary>
    /// <param name="structure">The pattern.</param>
    /// <param name="pruner">What scores the weights.</param>
    /// <param name="allocation">How the kept weights are spread over the layers.</param>
    /// <param name="sparsity">What the cut cuts to, in [0, 1).</param>
    public static string? Problem(IStructure structure, IPruner pruner, IAllocation allocation, double sparsity)
    {
        var name = structure.Info.Name;
        if (pruner.Info.Traits.HasFlag(MethodTraits.Idle) && !structure.Info.Traits.HasFlag(MethodTraits.Idle))
            return $"'{name}' is a pattern of pruned weights, and the pruner '{pruner.Info.Name}' prunes none";
        if (pruner is ILayerSolver && structure is not (UnstructuredStructure or NOfMStructure))
            return $"'{name}' prunes whole units, and the pruner '{pruner.Info.Name}' solves layers weight by weight";
        if (structure.Density is not { } density)
            return null;
        if (allocation.Info.Traits.HasFlag(MethodTraits.OwnDensities))
            return $"'{name}' gives every layer the density {density}, and the allocation '{allocation.Info.Name}' gives each its own";
        return Math.Abs(sparsity - (1 - density)) > Tolerance ? $"'{name}' has a sparsity of {1 - density}, and the cut is to {sparsity:0.####}" : null;
    }
}
