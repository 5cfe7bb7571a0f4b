using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SparsePipeline.Runner;

/// <summary>The runner's two pipes to its parent, taken away from everybody else in the process.</summary>
/// <remarks>
/// Native libraries print to file descriptor 1 when they please. The pipe gets a new number nobody knows, and number 1 becomes another
/// name of standard error, so whatever is printed, by whomever, is log and the protocol stays clean.
/// </remarks>
internal sealed partial class ProtocolStreams : IDisposable
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    private ProtocolStreams(Stream commands, Stream events)
    {
        Commands = commands;
        Events = events;
    }

    /// <summary>Lines from the parent.</summary>
    public Stream Commands { get; }

    /// <summary>Lines to the parent.</summary>
    public Stream Events { get; }

    /// <summary>Must come before anything may print.</summary>
    public static ProtocolStreams Take()
    {
        var events = Check(Duplicate(StandardOutput));
        Check(Replace(StandardError, StandardOutput));
        return new ProtocolStreams(Open(StandardInput, FileAccess.Read), Open(events, FileAccess.Write));
    }

    public void Dispose()
    {
        Commands.Dispose();
        Events.Dispose();
    }

    private static FileStream Open(int descriptor, FileAccess access) =>
        new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException($"Cannot set the pipes up: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Replace(int descriptor, int replaced);
}
