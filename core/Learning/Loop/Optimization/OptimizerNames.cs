namespace SparsePipeline.Learning.Loop.Optimization;

/// <summary>Optimisers of the <c>optimizer</c> axis.</summary>
public static class OptimizerNames
{
    /// <summary>SGD with momentum: for convolutional networks and perceptrons, and what the papers on pruning use.</summary>
    public const string Sgd = "sgd";

    /// <summary>AdamW: for transformers.</summary>
    public const string AdamW = "adamw";
}
