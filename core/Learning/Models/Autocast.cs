using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
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

    /// <summary>
    /// Whether this processor can go back through convolutions in bfloat16. On x86 without AVX-512 libtorch's library for them (oneDNN) writes past the end of
    /// its memory there, and the process ends with "double free": seen on AMD Zen 3, in <c>convolution_backward_weights</c>.
    /// </summary>
    public static bool CanConvolve { get; } = !X86Base.IsSupported || Avx512BW.IsSupported;

    /// <summary>Refuses to train a network in a precision in which this processor cannot.</summary>
    /// <param name="network">Kernels have more than two dimensions.</param>
    /// <param name="precision">One of <see cref="Precisions"/>.</param>
    /// <param name="canConvolve">As <see cref="CanConvolve"/> says.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: convolutions in bfloat16.</exception>
    public static void Ensure(torch.nn.Module network, string precision, bool canConvolve)
    {
        if (precision == Precisions.Bfloat16 && !canConvolve && !ComputeDevice.IsDevice && HasKernels(network))
            throw new DomainException(
                FailureCodes.InvalidOption,
                "The precision is bfloat16, and this processor cannot train convolutions in it.",
                "Write precision: float32, or use a machine whose processor has AVX-512.");
    }

    /// <summary>Whether a network has convolutions.</summary>
    internal static bool HasKernels(torch.nn.Module network) => network.parameters().Any(p => p.dim() > 2);

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
