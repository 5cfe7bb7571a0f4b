using System.Runtime.InteropServices;

namespace SparsePipeline.Learning.Runtime;

/// <summary>Makes libtorch take operations that repeat to the bit, and refuse those of a device that do not. TorchSharp does not offer it; these are its own functions.</summary>
internal static partial class Determinism
{
    /// <summary>Whether it is in force in this process.</summary>
    public static bool IsOn => IsSet(Context()) != 0;

    public static void Set(bool on)
    {
        SetAlgorithms(Context(), on ? (byte)1 : (byte)0, warnOnly: 0);
        SetConvolutions(Context(), on ? (byte)1 : (byte)0);
    }

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at13globalContextEv")]
    private static partial nint Context();

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at7Context26setDeterministicAlgorithmsEbb")]
    private static partial void SetAlgorithms(nint context, byte on, byte warnOnly);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at7Context21setDeterministicCuDNNEb")]
    private static partial void SetConvolutions(nint context, byte on);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZNK2at7Context23deterministicAlgorithmsEv")]
    private static partial byte IsSet(nint context);
}
