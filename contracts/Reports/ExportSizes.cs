namespace SparsePipeline.Contracts;

/// <summary>Bytes on disk of everything a checkpoint can be written as.</summary>
/// <param name="Safetensors">Every weight, zeros too.</param>
/// <param name="Packed">One bit per prunable weight and the values that are not 0. With a mask given it names that too, some hundred bytes more.</param>
/// <param name="Mask">The mask by itself: one bit per prunable weight.</param>
public sealed record ExportSizes(long Safetensors, long Packed, long Mask);
