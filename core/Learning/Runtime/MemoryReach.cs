using TorchSharp;

namespace SparsePipeline.Learning.Runtime;

/// <summary>Which tensors this process reaches where they lie, and how the others come to it.</summary>
internal abstract class MemoryReach
{
    /// <summary>Tensors in the processor's memory, which is how every process works.</summary>
    public static MemoryReach OfProcessor { get; } = new ProcessorMemory();

    /// <summary>Whether a tensor may be read and written in place.</summary>
    public abstract bool Holds(torch.Tensor tensor);

    /// <summary>A tensor's numbers in the processor's memory, to be disposed.</summary>
    public abstract torch.Tensor Copy(torch.Tensor tensor);

    private sealed class ProcessorMemory : MemoryReach
    {
        public override bool Holds(torch.Tensor tensor) => tensor.device_type == DeviceType.CPU;

        public override torch.Tensor Copy(torch.Tensor tensor) => tensor.cpu();
    }
}
