using System.Runtime.InteropServices;
using TorchSharp;

namespace SparsePipeline.Learning.Runtime;

/// <summary>Tunes the process for libtorch. Call it first: the settings are read when the native libraries load.</summary>
public static partial class TorchRuntime
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargeThreshold = 1 << 30;

    /// <summary>Whether networks are computed on a device with memory of its own, where a layer cannot be timed by the clock of this process.</summary>
    public static bool ComputesOnDevice => ComputeDevice.IsDevice;

    /// <summary>Sets waiting, allocation and threads, and loads libtorch. Called again it only changes the threads.</summary>
    /// <param name="threads">
    /// Threads per operation, at least 1. Results repeat bitwise for a fixed number only; m trainings of one thread beat one of m threads.
    /// </param>
    /// <param name="device"><c>cpu</c>, <c>auto</c> or <c>cuda:N</c>; results repeat for a fixed device and library only.</param>
    /// <exception cref="Contracts.DomainException">There is no such device.</exception>
    public static void Configure(int threads, string device = ComputeDevice.Cpu)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        // Through libc: Environment.SetEnvironmentVariable does not reach native code. Spinning threads would steal the cores of other runners.
        SetEnvironment("OMP_WAIT_POLICY", "passive", 0);
        // Without it products on a CUDA device do not repeat.
        SetEnvironment("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
        // Freed tensors stay in the process: giving pages back and faulting them in again costs more than the arithmetic on them.
        MallocOption(MmapThreshold, LargeThreshold);
        MallocOption(TrimThreshold, LargeThreshold);
        torch.set_num_threads(threads);
        // Set a second time, it ends the process.
        if (torch.get_num_interop_threads() != 1)
            torch.set_num_interop_threads(1);
        ComputeDevice.Choose(device);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallocOption(int option, int value);
}
