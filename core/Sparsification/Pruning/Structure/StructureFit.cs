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
        if (pruner.Info.Name == PrunerNames.None && name != StructureNames.Unstructured)
            return $"'{name}' is a pattern of pruned weights, and the pruner '{PrunerNames.None}' prunes none";
        if (structure.Density is not { } density)
            return null;
        if (allocation.Info.Name is not (AllocationNames.Global or AllocationNames.Uniform))
            return $"'{name}' gives every layer the density {density}, and the allocation '{allocation.Info.Name}' gives each its own";
        return Math.Abs(sparsity - (1 - density)) > Tolerance ? $"'{name}' has a sparsity of {1 - density}, and the cut is to {sparsity:0.####}" : null;
    }
}
