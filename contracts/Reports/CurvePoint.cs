using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">1-based.</param>
/// <param name="TrainingLoss">Mean loss over the epoch's updates, in nats.</param>
/// <param name="ValidationLoss">After the epoch, in nats; null when it was not measured or not finite.</param>
/// <param name="ValidationAccuracy">After the epoch, in [0, 1]; null when it was not measured or not finite, and for tasks that are compared by something else.</param>
public sealed record CurvePoint(int Epoch, double TrainingLoss, double? ValidationLoss, double? ValidationAccuracy)
{
    /// <summary>What networks of the task are compared by, where that is not the accuracy.</summary>
    public double? ValidationMeasure { get; init; }

    /// <summary>Whichever of the two there is.</summary>
    [JsonIgnore]
    public double? Measure => ValidationMeasure ?? ValidationAccuracy;
}
