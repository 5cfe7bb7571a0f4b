namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered allocations.</summary>
public static class AllocationNames
{
    /// <summary>One threshold for all layers. Use when scores are comparable across layers.</summary>
    public const string Global = "global";

    /// <summary>The same density in every layer. Use when a global cut empties a layer.</summary>
    public const string Uniform = "uniform";
}
