namespace SparsePipeline.Sparsification.Souping;

/// <summary>Names of the registered mask policies.</summary>
public static class MaskPolicyNames
{
    /// <summary>Keeps what all members keep. Use when no weight may count that some member did without; sparser than the members.</summary>
    public const string Intersect = "intersect";

    /// <summary>Keeps what any member keeps. Use to see what averaging alone does; denser than the members.</summary>
    public const string Union = "union";

    /// <summary>Averages, then prunes again. Use to compare with the members at their sparsity.</summary>
    public const string RePrune = "re-prune";
}
