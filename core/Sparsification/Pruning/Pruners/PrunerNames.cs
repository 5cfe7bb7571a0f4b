namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered pruners.</summary>
public static class PrunerNames
{
    /// <summary>Smallest |w| of the whole network. Use first: simple, strong, what Sparse Model Soups uses.</summary>
    public const string GlobalMagnitude = "global-magnitude";

    /// <summary>Smallest |w| of every layer. Use when a global cut empties a layer.</summary>
    public const string LayerMagnitude = "layer-magnitude";

    /// <summary>Weights drawn by chance. Use as the baseline any score must beat.</summary>
    public const string Random = "random";

    /// <summary>Prunes nothing. Use for the dense control of an experiment.</summary>
    public const string None = "none";
}
