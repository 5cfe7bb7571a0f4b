using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// One mmap(2) of a whole file, unmapped when disposed or, if somebody forgets, when collected. The base library's mapped views
/// are not used because they write everything to disk on closing, also when the file is about to be thrown away.
/// </summary>
internal sealed partial class MappingHandle : SafeHandle
{
    private const int ProtRead = 1;
    private const int ProtWrite = 2;
    private const int MapShared = 1;
    private const int MadviseDontNeed = 4;
    private readonly nuint _length;

    private MappingHandle(nint start, long length)
        : base(-1, ownsHandle: true)
    {
        SetHandle(start);
        _length = (nuint)length;
    }

    public override bool IsInvalid => handle == -1;

    public nint Start => handle;

    /// <exception cref="IOException">The system refuses the mapping.</exception>
    public static MappingHandle Map(SafeFileHandle file, long length, bool writable)
    {
        var start = Mmap(0, (nuint)length, writable ? ProtRead | ProtWrite : ProtRead, MapShared, file, 0);
        return start != -1
            ? new MappingHandle(start, length)
            : throw new IOException($"Mapping {length} bytes failed: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Drops pages from this process's memory; the page cache keeps them. A hint: failure is of no consequence.</summary>
    public void Release(long offset, long length)
    {
        var page = handle + (nint)offset & ~(nint)(Environment.SystemPageSize - 1);
        if (length > 0)
            _ = Madvise(page, (nuint)(handle + (nint)(offset + length) - page), MadviseDontNeed);
    }

    protected override bool ReleaseHandle() => Munmap(handle, _length) == 0;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Mmap(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Munmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint address, nuint length, int advice);
}
