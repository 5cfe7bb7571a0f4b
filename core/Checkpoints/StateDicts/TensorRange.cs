namespace SparsePipeline.Checkpoints;

/// <summary>Bounds of accesses. A mapped pointer has none of its own, so every access passes here.</summary>
internal static class TensorRange
{
    public static void Check(TensorInfo tensor, long start, long count, long limit)
    {
        if (start < 0 || count < 0 || start > limit - count)
            throw new ArgumentOutOfRangeException(
                nameof(start), $"The range of {count} from {start} leaves tensor {tensor}, which ends at {limit}.");
    }

    public static void CheckF32(TensorInfo tensor)
    {
        if (tensor.Type != TensorType.F32)
            throw new ArgumentException(
                $"Tensor {tensor} is not F32 and cannot be seen as floats in place; read or write it converted.", nameof(tensor));
    }
}
