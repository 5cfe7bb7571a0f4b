using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Runtime;

/// <summary>The processor's memory as if it were a device's: everything is copied, and updates are tensor operations.</summary>
internal sealed class DistantMemory : MemoryReach
{
    public override bool Holds(torch.Tensor tensor) => false;

    public override torch.Tensor Copy(torch.Tensor tensor) => tensor.clone();
}
