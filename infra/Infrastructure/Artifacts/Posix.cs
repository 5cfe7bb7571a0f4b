using System.Runtime.InteropServices;

namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The few system calls that make files appear atomically and survive a power cut; .NET does not offer them.</summary>
internal static partial class Posix
{
    public const int WouldBlock = 11;
    public const int FileExists = 17;
    public const int CrossDevice = 18;
    public const int PermissionDenied = 13;
    public const int OperationNotPermitted = 1;
    public const int InvalidArgument = 22;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int QuotaExceeded = 122;

    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC

    /// <summary>Gives a file a second name; fails with <see cref="FileExists"/> instead of replacing. 0 or the error number.</summary>
    public static int Link(string existing, string created) => LinkNative(existing, created) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Renames within a file system and replaces atomically. 0 or the error number.</summary>
    public static int Rename(string from, string to) => RenameNative(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Makes the names in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor < 0)
            throw Error(Marshal.GetLastPInvokeError(), $"open folder '{folder}'");
        var error = Sync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        // Some network file systems keep names safe by themselves and know no such call.
        if (error is not (0 or InvalidArgument))
            throw Error(error, $"sync folder '{folder}'");
    }

    /// <summary>An exception whose <see cref="Exception.HResult"/> is the error number, as the .NET file API throws them.</summary>
    public static Exception Error(int error, string what) => error is PermissionDenied or OperationNotPermitted
        ? new UnauthorizedAccessException($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}.")
        : new IOException($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkNative(string existing, string created);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameNative(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
