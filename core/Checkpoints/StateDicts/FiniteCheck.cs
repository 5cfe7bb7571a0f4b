using System.Buffers;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Looks for NaN and infinity, in pieces.</summary>
internal static class FiniteCheck
{
    private const int Piece = 1 << 20;

    public static void Run(StateDict state)
    {
        var floats = ArrayPool<float>.Shared.Rent(Piece);
        try
        {
            foreach (var tensor in state.Tensors.Where(t => t.IsFloat))
                Check(state, tensor, floats);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
        }
    }

    private static void Check(StateDict state, TensorInfo tensor, float[] buffer)
    {
        for (var start = 0L; start < tensor.Count; start += Piece)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(Piece, tensor.Count - start));
            state.ReadFloats(tensor.Name, start, piece);
            foreach (var value in piece)
                if (!float.IsFinite(value))
                    throw new DomainException(FailureCodes.NotFinite, $"Tensor '{tensor.Name}' has {value} at flat index {start + piece.IndexOf(value)}.", "Use a checkpoint from before the training diverged.");
            state.Release(tensor.Name, start, piece.Length);
        }
    }
}
