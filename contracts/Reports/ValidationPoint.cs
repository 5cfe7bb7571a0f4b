namespace SparsePipeline.Contracts;

/// <summary>The validation split after one epoch. Both are null when the network's outputs were not finite, or when nobody measured them.</summary>
/// <param name="Epoch">1-based.</param>
/// <param name="Loss">Mean loss; of classes the cross-entropy, in nats.</param>
/// <param name="Accuracy">Share of right predictions, in [0, 1]; null for tasks that are compared by something else.</param>
public sealed record ValidationPoint(int Epoch, double? Loss, double? Accuracy)
{
    /// <summary>What networks of the task are compared by, where that is not the accuracy.</summary>
    public double? Measure { get; init; }
}
