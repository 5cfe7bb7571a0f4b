namespace SparsePipeline.Planning;

/// <summary>What the members of a soup are measured from, where its method needs that.</summary>
public static class AnchorNames
{
    /// <summary>One retraining of the cycle's cut, from which the candidates start. Use when in doubt; costs one retraining per cycle.</summary>
    public const string Retrained = "retrained";

    /// <summary>The cycle's cut as it is, which is broken. Use to compare; costs nothing.</summary>
    public const string Pruned = "pruned";
}
