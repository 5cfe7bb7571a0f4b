using System.Buffers;

namespace SparsePipeline.Checkpoints;

/// <summary>Writes numbers into tensors of another floating-point type through a small buffer.</summary>
internal static class ConvertedWrite
{
    private const int Piece = 1 << 15;

    private delegate void Conversion<T>(TensorType type, ReadOnlySpan<T> values, Span<byte> elements);

    public static void Run(StateDictWriter target, TensorInfo tensor, long start, ReadOnlySpan<float> values) =>
        Run(target, tensor, start, values, FloatConversion.FromFloats);

    public static void Run(StateDictWriter target, TensorInfo tensor, long start, ReadOnlySpan<double> values) =>
        Run(target, tensor, start, values, DoubleConversion.FromDoubles);

    private static void Run<T>(StateDictWriter target, TensorInfo tensor, long start, ReadOnlySpan<T> values, Conversion<T> convert)
    {
        var size = tensor.Type.ByteSize();
        var buffer = ArrayPool<byte>.Shared.Rent(Piece * size);
        for (var done = 0; done < values.Length; done += Piece)
        {
            var piece = values[done..Math.Min(done + Piece, values.Length)];
            convert(tensor.Type, piece, buffer.AsSpan(0, piece.Length * size));
            target.WriteBytes(tensor.Name, (start + done) * size, buffer.AsSpan(0, piece.Length * size));
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
