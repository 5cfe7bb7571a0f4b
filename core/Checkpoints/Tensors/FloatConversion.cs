using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Conversion between float and the types of files. Narrowing rounds to nearest, ties to even (IEEE 754, 4.3.1).</summary>
internal static class FloatConversion
{
    public static void ToFloats(TensorType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case TensorType.F32: MemoryMarshal.Cast<byte, float>(source).CopyTo(destination); break;
            case TensorType.F16: F16Conversion.ToFloats(MemoryMarshal.Cast<byte, ushort>(source), destination); break;
            case TensorType.BF16: BF16Conversion.ToFloats(MemoryMarshal.Cast<byte, ushort>(source), destination); break;
            case TensorType.F64: Narrow(MemoryMarshal.Cast<byte, double>(source), destination); break;
            default: throw new ArgumentException($"{type.HeaderName()} is not a floating-point type.", nameof(type));
        }
    }

    public static void FromFloats(TensorType type, ReadOnlySpan<float> source, Span<byte> destination)
    {
        switch (type)
        {
            case TensorType.F32: MemoryMarshal.AsBytes(source).CopyTo(destination); break;
            case TensorType.F16: F16Conversion.FromFloats(source, MemoryMarshal.Cast<byte, ushort>(destination)); break;
            case TensorType.BF16: BF16Conversion.FromFloats(source, MemoryMarshal.Cast<byte, ushort>(destination)); break;
            case TensorType.F64: Widen(source, MemoryMarshal.Cast<byte, double>(destination)); break;
            default: throw new ArgumentException($"{type.HeaderName()} is not a floating-point type.", nameof(type));
        }
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> destination)
    {
        for (var i = 0; i < source.Length; i++)
            destination[i] = (float)source[i];
    }

    private static void Widen(ReadOnlySpan<float> source, Span<double> destination)
    {
        for (var i = 0; i < source.Length; i++)
            destination[i] = source[i];
    }
}
