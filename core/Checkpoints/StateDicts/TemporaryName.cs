namespace SparsePipeline.Checkpoints;

/// <summary>Names for unfinished files beside their final place, so that the rename stays within one file system.</summary>
public static class TemporaryName
{
    /// <summary>
    /// Random, since processes in different containers may share folder and process id; it is gone before anything depends on it.
    /// What a crash leaves behind ends in <c>.partial</c>.
    /// </summary>
    /// <param name="path">The final place.</param>
    public static string Beside(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.partial");
    }
}
