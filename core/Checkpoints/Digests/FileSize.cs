namespace SparsePipeline.Checkpoints;

/// <summary>Bytes of a file; of a link those of the file it leads to, where <see cref="FileInfo.Length"/> tells the link's own.</summary>
public static class FileSize
{
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static long Of(string path)
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }
}
