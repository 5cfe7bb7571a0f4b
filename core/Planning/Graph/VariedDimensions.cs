namespace SparsePipeline.Planning;

/// <summary>The dimensions in which candidates may differ: <c>ensemble_by</c> in the SMS reference code.</summary>
public static class VariedDimensions
{
    /// <summary>Batch order and augmentation; use when in doubt.</summary>
    public const string Seed = "seed";

    /// <summary>The L2 penalty; one value of at least 0 per candidate.</summary>
    public const string WeightDecay = "weight-decay";

    /// <summary>Epochs of retraining; one whole number of at least 1 per candidate.</summary>
    public const string RetrainLength = "retrain-length";

    /// <summary>Peak learning rate of a schedule whose peak can be set; one value above 0 per candidate.</summary>
    public const string PeakLearningRate = "peak-learning-rate";

    public static IReadOnlyList<string> All { get; } = [Seed, WeightDecay, RetrainLength, PeakLearningRate];
}
