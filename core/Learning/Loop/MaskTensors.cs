using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>Masks as tensors.</summary>
internal static class MaskTensors
{
    /// <summary>1 where kept, 0 where pruned.</summary>
    public static torch.Tensor Create(TensorMask mask)
    {
        var tensor = torch.ones(mask.Shape.ToArray());
        Apply(tensor, mask);
        return tensor;
    }

    /// <summary>Sets pruned positions to exactly +0.</summary>
    public static void Apply(torch.Tensor tensor, TensorMask mask)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        for (var i = 0; i < values.Length; i++)
            if (!mask.IsKept(i))
                values[i] = 0;
    }
}
