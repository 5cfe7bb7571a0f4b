namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered allocations.</summary>
public static class AllocationNames
{
    /// <summary>One threshold for all layers. Use when scores are comparable across layers.</summary>
    public const string Global = "global";

    /// <summary>The same density in every layer. Use when a global cut empties a layer.</summary>
    public const string Uniform = "uniform";

    /// <summary>Density by the shape of each layer. Use when small layers must survive whatever their weights; costs nothing.</summary>
    public const string Erk = "erk";

    /// <summary>Density by how much of its layer each weight is. Use with magnitudes at high sparsity; sorts every layer.</summary>
    public const string Lamp = "lamp";
}
