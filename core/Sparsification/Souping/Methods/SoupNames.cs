namespace SparsePipeline.Sparsification.Souping;

/// <summary>Names of the registered soups.</summary>
public static class SoupNames
{
    /// <summary>Mean of all candidates. Use when they come from the same pruned network.</summary>
    public const string Uniform = "uniform";

    /// <summary>Adds candidates while validation accuracy does not fall. Use when some may be bad; costs one scoring per candidate.</summary>
    public const string Greedy = "greedy";

    /// <summary>Mean of all candidates with given weights. Use when there is a reason to trust some more than others.</summary>
    public const string Weighted = "weighted";

    /// <summary>No averaging: the best candidate by validation accuracy goes on alone. Use for iterative pruning without a soup.</summary>
    public const string None = "none";
}
