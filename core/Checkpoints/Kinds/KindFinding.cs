namespace SparsePipeline.Checkpoints;

/// <summary>The kind of a file and what it was recognised by.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Evidence">The tensors or the metadata that decided, as words that fit into brackets; null for a plain state dict.</param>
public sealed record KindFinding(CheckpointKind Kind, string? Evidence);
