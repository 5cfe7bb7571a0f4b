namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered structures.</summary>
public static class StructureNames
{
    /// <summary>Every weight by itself. Use for the best accuracy at a given sparsity.</summary>
    public const string Unstructured = "unstructured";
}
