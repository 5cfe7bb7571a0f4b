using System.Runtime.InteropServices;

namespace SparsePipeline.Chaos.Processes;

/// <summary>Signals of Linux.</summary>
internal static partial class Signals
{
    public const int Abort = 6;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Signals a process, or a process group by its negated number; 0 when it was sent.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Send(int process, int signal);
}
