namespace SparsePipeline.Checkpoints;

/// <summary>One file of a checkpoint that is to be written.</summary>
internal sealed record PlannedShard(string Path, IEnumerable<TensorInfo> Tensors, IReadOnlyDictionary<string, string> Metadata);
