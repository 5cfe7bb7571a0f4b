using System.Runtime.InteropServices;

namespace SparsePipeline.TestRunner;

/// <summary>What native libraries do to a process.</summary>
internal static partial class Native
{
    [LibraryImport("libc", EntryPoint = "abort")]
    public static partial void Abort();

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, byte[] bytes, nint count);
}
