using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>One member offered to a soup.</summary>
/// <param name="Checkpoint">Its weights.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split in [0, 1], after its own BatchNorm recalibration; null for tasks that are compared by something else.</param>
/// <param name="Mask">The mask it was trained under, when candidates have masks of their own; null when they share one.</param>
public sealed record SoupCandidate(ArtifactRef Checkpoint, double? ValidationAccuracy, ArtifactRef? Mask = null)
{
    /// <summary>In place of the accuracy: the <see cref="SoupSpec.Measure"/> on the validation split; null where the accuracy is compared.</summary>
    public double? ValidationMeasure { get; init; }

    /// <summary>The squared gradients of a loss with respect to its weights, for soups that go by them; null for others.</summary>
    public ArtifactRef? Statistics { get; init; }

    /// <summary>Whichever of the two there is.</summary>
    [JsonIgnore]
    public double Validation => ValidationMeasure ?? ValidationAccuracy ?? throw new DomainException(
        FailureCodes.CorruptArtifact, "A soup's candidate has no figure on the validation split.", "Submit the run again.");

    /// <summary>A member with what it was found to be worth.</summary>
    public static SoupCandidate Of(ArtifactRef checkpoint, double validation, MeasureInfo? measure, ArtifactRef? mask = null) =>
        measure is null ? new(checkpoint, validation, mask) : new(checkpoint, null, mask) { ValidationMeasure = validation };
}
