using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop.Masks;

/// <summary>Masks as tensors of 1 and 0, and back.</summary>
internal static class MaskTensors
{
    /// <summary>1 where kept, 0 where pruned.</summary>
    public static torch.Tensor Create(TensorMask mask, torch.Device device)
    {
        var tensor = torch.ones(mask.Shape.ToArray(), device: device);
        HostMemory.Write<float>(tensor, values =>
        {
            for (var i = 0; i < values.Length; i++)
                if (!mask.IsKept(i))
                    values[i] = 0;
        });
        return tensor;
    }

    /// <summary>Sets positions to exactly +0. Call it without gradients.</summary>
    /// <param name="tensor">Its values elsewhere stay.</param>
    /// <param name="where">Truth values of its shape.</param>
    public static void Clear(torch.Tensor tensor, torch.Tensor where) => tensor.masked_fill_(where, KeptScalars.Zero);

    /// <summary>The mask a tensor of 1 and 0 says.</summary>
    public static TensorMask Read(string name, torch.Tensor kept)
    {
        var values = HostMemory.Values<float>(kept);
        var words = new ulong[TensorMask.WordsFor(values.Length)];
        for (var i = 0; i < values.Length; i++)
            if (values[i] != 0)
                words[i / 64] |= 1UL << (i % 64);
        return new TensorMask(name, [.. kept.shape], ImmutableCollectionsMarshal.AsImmutableArray(words));
    }
}
