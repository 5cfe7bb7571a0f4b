namespace SparsePipeline.Contracts;

/// <summary>One member offered to a soup.</summary>
/// <param name="Checkpoint">Its weights.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split in [0, 1], after its own BatchNorm recalibration.</param>
public sealed record SoupCandidate(ArtifactRef Checkpoint, double ValidationAccuracy);
