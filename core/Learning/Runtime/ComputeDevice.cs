using SparsePipeline.Contracts;
using TorchSharp;

namespace SparsePipeline.Learning.Runtime;

/// <summary>Where this process trains and measures networks.</summary>
internal static class ComputeDevice
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";
    private const string Cuda = "cuda:";

    /// <summary>The processor, unless the process was set up for a device.</summary>
    public static torch.Device Current { get; private set; } = torch.CPU;

    /// <summary>Whether networks are computed on a device with memory of its own.</summary>
    public static bool IsDevice => Current.type != DeviceType.CPU;

    /// <summary>Chooses the device of this process, before its first network.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda:N</c>, or <c>auto</c>: the first CUDA device if there is one, else the processor.</param>
    /// <exception cref="DomainException">There is no such device.</exception>
    public static void Choose(string name)
    {
        Current = Find(name, name == Cpu ? 0 : Devices());
        if (IsDevice)
            Determinism.Set(on: true);
    }

    /// <summary>The device of a name on a machine with so many CUDA devices.</summary>
    internal static torch.Device Find(string name, int devices)
    {
        if (name == Cpu || (name == Auto && devices == 0))
            return torch.CPU;
        if (name == Auto)
            return new torch.Device(DeviceType.CUDA, 0);
        if (!name.StartsWith(Cuda, StringComparison.Ordinal) || !int.TryParse(name.AsSpan(Cuda.Length), out var index) || index < 0)
            throw new DomainException(FailureCodes.InvalidOption, $"The device is '{name}'.", $"Use {Cpu}, {Auto} or {Cuda}N.");
        return index < devices ? new torch.Device(DeviceType.CUDA, index) : throw new DomainException(
            FailureCodes.InvalidOption,
            $"The device is '{name}', and libtorch finds {(devices == 0 ? "no CUDA device" : $"{devices} CUDA device(s), numbered from 0")}.",
            $"Use {Cpu} or {Auto}, or a build with TorchBackend=cuda on a machine with such a device.");
    }

    private static int Devices() => torch.cuda.is_available() ? torch.cuda.device_count() : 0;
}
