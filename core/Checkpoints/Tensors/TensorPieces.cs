namespace SparsePipeline.Checkpoints;

/// <summary>Cuts tensors into pieces that fit the cache, so that memory use does not depend on their size.</summary>
internal static class TensorPieces
{
    /// <summary>Elements of one piece: 1 MiB of F32, a multiple of 64 so that pieces begin at mask words.</summary>
    public const int Size = 1 << 18;

    public static IEnumerable<(long Start, int Count)> Of(long count, int size = Size)
    {
        for (var start = 0L; start < count; start += size)
            yield return (start, (int)Math.Min(size, count - start));
    }
}
