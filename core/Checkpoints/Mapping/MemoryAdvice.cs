using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>madvise(2): hints about mapped pages. Ignored where the system is not Linux; nothing depends on them but memory use.</summary>
internal static unsafe partial class MemoryAdvice
{
    private const int MadviseDontNeed = 4;

    public static void DontNeed(byte* start, long length)
    {
        if (!OperatingSystem.IsLinux() || length <= 0)
            return;
        var page = (nint)start & ~(Environment.SystemPageSize - 1);
        _ = Madvise(page, (nuint)((nint)start + length - page), MadviseDontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint address, nuint length, int advice);
}
