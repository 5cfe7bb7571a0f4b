using SparsePipeline.Checkpoints;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>A trained candidate offered to a soup.</summary>
/// <param name="Path">Its safetensors file.</param>
/// <param name="ValidationAccuracy">Accuracy on the validation split in [0, 1], after its own BatchNorm recalibration.</param>
/// <param name="Mask">The mask it was trained under, when candidates have masks of their own.</param>
public sealed record CandidateFile(string Path, double ValidationAccuracy, SparsityMask? Mask = null);
