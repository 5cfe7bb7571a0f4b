namespace SparsePipeline.Checkpoints;

/// <summary>A tensor and the offset of its first byte from the start of its file.</summary>
internal readonly record struct PlacedTensor(TensorInfo Info, long Offset);
