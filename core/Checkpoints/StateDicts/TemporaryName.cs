namespace SparsePipeline.Checkpoints;

/// <summary>Names for unfinished files beside their final place, so that the rename stays within one file system.</summary>
internal static class TemporaryName
{
    private static long _count;

    /// <summary>Unique among live processes by process id and a counter; leftovers of a crash end in <c>.partial</c>.</summary>
    public static string Beside(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.partial");
    }
}
