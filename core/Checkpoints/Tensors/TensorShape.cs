namespace SparsePipeline.Checkpoints;

/// <summary>Arithmetic on dimensions that refuses to overflow.</summary>
internal static class TensorShape
{
    /// <summary>The product of the dimensions.</summary>
    /// <exception cref="ArgumentException">A dimension is negative, or eight bytes per element would not fit in 63 bits.</exception>
    public static long Count(ReadOnlySpan<long> shape) =>
        TryCount(shape, out var count)
            ? count
            : throw new ArgumentException(
                $"Shape {Text(shape)} is not countable: dimensions are 0 or more and their product fits in 60 bits.", nameof(shape));

    /// <summary>
    /// As <see cref="Count"/>, but answers false. A zero makes the product zero but does not excuse the other dimensions, so that
    /// the product of any of them can be counted too.
    /// </summary>
    public static bool TryCount(ReadOnlySpan<long> shape, out long count)
    {
        (count, var withoutZeros) = (1, 1L);
        foreach (var dimension in shape)
        {
            if (dimension < 0 || withoutZeros > (long.MaxValue >> 3) / Math.Max(dimension, 1))
                return false;
            withoutZeros *= Math.Max(dimension, 1);
            count *= dimension;
        }

        return true;
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
