using System.Runtime.InteropServices;

namespace SparsePipeline.Chaos.Processes;

/// <summary>
/// A replica's folder for copies and unfinished files, on a small disk of its own where the system lets us have one, so that it can be full.
/// </summary>
internal sealed partial class ReplicaFolder : IDisposable
{
    private const int DiskMegabytes = 64;
    private const int DetachNow = 2; // MNT_DETACH of umount2(2)
    private readonly string _filler;

    public ReplicaFolder(string path)
    {
        Directory.CreateDirectory(path);
        Path = path;
        _filler = System.IO.Path.Combine(path, "filler");
        HasOwnDisk = Mount("tmpfs", path, "tmpfs", 0, $"size={DiskMegabytes}m") == 0;
    }

    public string Path { get; }

    /// <summary>Whether it can be filled; mounting needs rights.</summary>
    public bool HasOwnDisk { get; }

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        if (!HasOwnDisk)
            throw new InvalidOperationException("This folder shares its disk with everything else.");
        using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1024 * 1024; size >= 1;)
        {
            try
            {
                file.Write(new byte[size]);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        if (HasOwnDisk)
            _ = Unmount(Path, DetachNow);
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
