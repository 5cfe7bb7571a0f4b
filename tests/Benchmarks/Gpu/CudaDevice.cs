using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>The graphics processor, where there is one.</summary>
internal static class CudaDevice
{
    /// <summary>Null when libtorch can compute on it, else what is missing.</summary>
    public static string? WhyNot()
    {
        if (!File.Exists("/dev/nvidiactl"))
            return "this machine has no NVIDIA device (there is no /dev/nvidiactl)";
        try
        {
            torch.InitializeDeviceType(DeviceType.CUDA);
            return torch.cuda.is_available() ? null : "libtorch finds no CUDA device that it can use; nvidia-smi says more";
        }
        catch (NotSupportedException)
        {
            return "this build carries libtorch for processors only; `make bench-gpu` builds the other one (TorchBackend=cuda)";
        }
    }
}
