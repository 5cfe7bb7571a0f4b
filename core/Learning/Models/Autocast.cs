using System.Runtime.InteropServices;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>
/// Mixed precision (Micikevicius et al., ICLR 2018, arXiv 1710.03740; Kalamkar et al. 2019, arXiv 1905.12322) as <c>torch.autocast("cpu",
/// torch.bfloat16)</c> does it: until this is disposed, convolutions and linear layers of this thread take what they are given rounded to
/// bfloat16, and what follows takes the type it gets. Going back through the casts leaves gradients in single precision.
/// </summary>
/// <remarks>
/// TorchSharp does not offer it; these are <c>at::autocast</c>'s own functions. Its cache of rounded weights is off: a training uses every
/// weight once per update, and the cache belongs to the process, which may hold other trainings.
/// </remarks>
internal sealed partial class Autocast : IDisposable
{
    private const sbyte Cpu = 0;
    private const sbyte Cuda = 1;
    private const sbyte BFloat16 = 15;

    private readonly byte _before = IsEnabled(Device);

    private static sbyte Device => ComputeDevice.IsDevice ? Cuda : Cpu;

    private Autocast(bool enabled)
    {
        SetDataType(Device, BFloat16);
        SetCacheEnabled(0);
        SetEnabled(Device, enabled ? (byte)1 : (byte)0);
    }

    /// <summary>Whether it is in force on this thread.</summary>
    public static bool IsOn => IsEnabled(Device) != 0;

    /// <summary>Begins it for one of <see cref="Precisions"/>; null for single precision, which needs nothing.</summary>
    public static Autocast? Begin(string precision) => precision == Precisions.Bfloat16 ? new Autocast(enabled: true) : null;

    /// <summary>Nothing is rounded until what is returned is disposed; null where nothing would be.</summary>
    public static Autocast? Pause() => IsOn ? new Autocast(enabled: false) : null;

    /// <summary>The tensor itself, or what was rounded in single precision again.</summary>
    public static torch.Tensor ToSingle(torch.Tensor tensor) =>
        tensor.dtype == torch.ScalarType.BFloat16 ? tensor.to(torch.ScalarType.Float32) : tensor;

    public void Dispose()
    {
        SetEnabled(Device, _before);
        SetCacheEnabled(_before == 0 ? (byte)1 : (byte)0);
    }

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")]
    private static partial void SetEnabled(sbyte device, byte enabled);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE")]
    private static partial byte IsEnabled(sbyte device);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")]
    private static partial void SetDataType(sbyte device, sbyte type);

    [LibraryImport("libtorch_cpu", EntryPoint = "_ZN2at8autocast26set_autocast_cache_enabledEb")]
    private static partial void SetCacheEnabled(byte enabled);
}
