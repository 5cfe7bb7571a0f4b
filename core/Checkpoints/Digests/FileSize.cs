namespace SparsePipeline.Checkpoints;

/// <summary>Bytes of a file; of a link those of the file it leads to, where <see cref="FileInfo.Length"/> tells the link's own. 0 for a pipe.</summary>
public static class FileSize
{
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static long Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is null)
            return file.Length;
        // Opened, not resolved by name: where a folder on the way is a link too, '..' of a target means the folder it leads to.
        using var target = file.OpenRead();
        return target.CanSeek ? target.Length : 0;
    }
}
