namespace SparsePipeline.Sparsification.Souping;

/// <summary>A merged network to be scored.</summary>
/// <param name="Checkpoint">Its safetensors file; it goes away after the score.</param>
/// <param name="RecalibratedCheckpoint">
/// Where to write the network with recalibrated BatchNorm statistics; null when only the score is wanted. When nothing is written
/// there, the soup is taken as it was merged.
/// </param>
public sealed record SoupTrial(string Checkpoint, string? RecalibratedCheckpoint);
