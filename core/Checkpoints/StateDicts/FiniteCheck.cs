using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks for NaN and infinity, in place and in pieces.</summary>
internal static class FiniteCheck
{
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/> for the first in name order and flat index.</exception>
    public static void Run(StateDict state)
    {
        foreach (var tensor in state.Tensors.Where(t => t.IsFloat))
        {
            foreach (var (start, count) in TensorPieces.Of(tensor.Count))
            {
                var size = tensor.Type.ByteSize();
                if (FirstNotFinite(tensor.Type, state.Bytes(tensor.Name, start * size, count * size)) is >= 0 and var index)
                    throw NotFinite(state, tensor, start + index);
                state.Release(tensor.Name, start, count);
            }
        }
    }

    private static int FirstNotFinite(TensorType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorType.F32 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, uint>(bytes), 0x7F80_0000u),
        TensorType.F16 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7C00),
        TensorType.BF16 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7F80),
        _ => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ulong>(bytes), 0x7FF0_0000_0000_0000ul),
    };

    private static DomainException NotFinite(StateDict state, TensorInfo tensor, long index) => new(
        FailureCodes.NotFinite,
        $"Tensor '{tensor.Name}' holds {state.Text(tensor.Name, index)} at flat index {index}.",
        "Use a checkpoint from before the training diverged.");
}
