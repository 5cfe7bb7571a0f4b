namespace SparsePipeline.Benchmarks;

/// <summary>The copy that bandwidths are compared with: memcpy of one mapped file into another, one part per core, pages present.</summary>
/// <remarks>Its bandwidth is (bytes read + bytes written) / time; lines fetched only to be overwritten are not counted, for us neither.</remarks>
internal static class MemoryCopy
{
    public delegate ReadOnlySpan<byte> Source(long offset, int length);

    public delegate Span<byte> Target(long offset, int length);

    /// <summary>Copies with as many threads as there are cores, each its part in one go: what a good C program does.</summary>
    public static void Run(long bytes, Source source, Target target)
    {
        var cores = Environment.ProcessorCount;
        var part = (bytes / cores) & ~4095L;
        Parallel.For(0, cores, new ParallelOptions { MaxDegreeOfParallelism = cores }, core =>
        {
            var start = core * part;
            var length = (int)(core == cores - 1 ? bytes - start : part);
            source(start, length).CopyTo(target(start, length));
        });
    }
}
