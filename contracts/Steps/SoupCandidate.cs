namespace SparsePipeline.Contracts;

/// <summary>One member offered to a soup.</summary>
/// <param name="Checkpoint">Its weights.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split in [0, 1], after its own BatchNorm recalibration.</param>
/// <param name="Mask">The mask it was trained under, when candidates have masks of their own; null when they share one.</param>
public sealed record SoupCandidate(ArtifactRef Checkpoint, double ValidationAccuracy, ArtifactRef? Mask = null);
