using System.Buffers;

namespace SparsePipeline.Checkpoints;

/// <summary>Writes floats into tensors of another floating-point type through a small buffer.</summary>
internal static class ConvertedWrite
{
    private const int Piece = 1 << 15;

    public static void Run(StateDictWriter target, TensorInfo tensor, long start, ReadOnlySpan<float> values)
    {
        var size = tensor.Type.ByteSize();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece * size);
        for (var done = 0; done < values.Length; done += Piece)
        {
            var piece = values[done..Math.Min(done + Piece, values.Length)];
            FloatConversion.FromFloats(tensor.Type, piece, buffer.AsSpan(0, piece.Length * size));
            target.WriteBytes(tensor.Name, (start + done) * size, buffer.AsSpan(0, piece.Length * size));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
