namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Names of the registered sparsity schedules.</summary>
public static class SparsityScheduleNames
{
    /// <summary>Equal fraction of the remaining weights in every cycle. Use for iterative pruning.</summary>
    public const string Geometric = "geometric";

    /// <summary>Everything in the first cycle; the others only retrain. Use as a baseline or when retraining is dear.</summary>
    public const string OneShot = "one-shot";

    /// <summary>Equal number of weights in every cycle. Use when later cuts must not grow gentler than early ones.</summary>
    public const string Linear = "linear";

    /// <summary>Much early, little late, along a cubic. Use to reproduce gradual magnitude pruning.</summary>
    public const string Cubic = "cubic";
}
