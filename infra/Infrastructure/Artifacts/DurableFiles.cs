namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>Files that are whole or absent, also after a crash or a power cut: write aside, sync, give it its name, sync the folder.</summary>
internal static class DurableFiles
{
    /// <summary>Writes and syncs an unfinished file.</summary>
    public static void WriteAside(string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, content, fileOffset: 0);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Makes the content of a file that somebody else wrote durable.</summary>
    public static void Sync(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Gives the file its name unless that is taken; false when it is.</summary>
    public static bool TryPublish(string aside, string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var error = Posix.Link(aside, path);
        if (error == Posix.FileExists)
            return false;
        if (error != 0)
            throw Posix.Error(error, $"link '{path}'");
        Posix.SyncFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Gives the file its name; what had it before is gone, though those who read it still see it whole.</summary>
    public static void Replace(string aside, string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var error = Posix.Rename(aside, path);
        if (error != 0)
            throw Posix.Error(error, $"rename to '{path}'");
        Posix.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Takes a name away for good.</summary>
    public static void Delete(string path)
    {
        if (!File.Exists(path))
            return;
        File.Delete(path);
        Posix.SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Creates a folder and what is missing above it.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder)!;
        CreateFolder(parent);
        Directory.CreateDirectory(folder);
        Posix.SyncFolder(parent);
    }
}
