using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks for NaN and infinity, in place and in pieces.</summary>
internal static class FiniteCheck
{
    private const string Remedy = "Use a checkpoint from before the training diverged.";

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/> for all tensors, each with the first place.</exception>
    public static void Run(StateDict state)
    {
        var found = Find(state).ToList();
        if (found is [var (tensor, index)])
            throw new DomainException(FailureCodes.NotFinite, $"Tensor '{tensor.Name}' holds {state.Text(tensor.Name, index)} at flat index {index}.", Remedy);
        if (found.Count > 1)
            throw new DomainException(
                FailureCodes.NotFinite, $"{found.Count} tensors hold NaN or infinity: {NameList.Text([.. found.Select(f => Text(state, f.Tensor, f.Index))])}.", Remedy);
    }

    /// <summary>Every tensor that holds NaN or infinity, with the first place, in words.</summary>
    public static IReadOnlyList<string> Places(StateDict state) => [.. Find(state).Select(f => Text(state, f.Tensor, f.Index))];

    private static IEnumerable<(TensorInfo Tensor, long Index)> Find(StateDict state) =>
        from tensor in state.Tensors
        where tensor.IsFloat
        let index = First(state, tensor)
        where index >= 0
        select (tensor, index);

    private static long First(StateDict state, TensorInfo tensor)
    {
        var size = tensor.Type.ByteSize();
        foreach (var (start, count) in TensorPieces.Of(tensor.Count))
        {
            if (FirstNotFinite(tensor.Type, state.Bytes(tensor.Name, start * size, count * size)) is >= 0 and var index)
                return start + index;
            state.Release(tensor.Name, start, count);
        }

        return -1;
    }

    private static int FirstNotFinite(TensorType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorType.F32 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, uint>(bytes), 0x7F80_0000u),
        TensorType.F16 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7C00),
        TensorType.BF16 => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ushort>(bytes), (ushort)0x7F80),
        _ => ExponentScan.FirstFull(MemoryMarshal.Cast<byte, ulong>(bytes), 0x7FF0_0000_0000_0000ul),
    };

    private static string Text(StateDict state, TensorInfo tensor, long index) => $"'{tensor.Name}' ({state.Text(tensor.Name, index)} at flat index {index})";
}
