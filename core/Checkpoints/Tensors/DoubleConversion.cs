using System.Buffers;
using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Conversion between double and the types of files: exact towards double, to nearest, ties to even, towards the file.</summary>
internal static class DoubleConversion
{
    public static void ToDoubles(TensorType type, ReadOnlySpan<byte> source, Span<double> destination)
    {
        if (type == TensorType.F64)
        {
            MemoryMarshal.Cast<byte, double>(source).CopyTo(destination);
            return;
        }

        var floats = ArrayPool<float>.Shared.Rent(destination.Length);
        FloatConversion.ToFloats(type, source, floats.AsSpan(0, destination.Length));
        for (var i = 0; i < destination.Length; i++)
            destination[i] = floats[i];
        ArrayPool<float>.Shared.Return(floats);
    }

    public static void FromDoubles(TensorType type, ReadOnlySpan<double> source, Span<byte> destination)
    {
        if (type == TensorType.F64)
        {
            MemoryMarshal.AsBytes(source).CopyTo(destination);
            return;
        }

        var floats = ArrayPool<float>.Shared.Rent(source.Length);
        for (var i = 0; i < source.Length; i++)
            floats[i] = type == TensorType.F32 ? (float)source[i] : ToOdd(source[i]);
        FloatConversion.FromFloats(type, floats.AsSpan(0, source.Length), destination);
        ArrayPool<float>.Shared.Return(floats);
    }

    /// <summary>
    /// Rounds towards zero and sets the last bit where something was cut off. Rounding twice would break ties that are none; from a number
    /// rounded to odd with two bits more than the final type, the second rounding is right (S. Boldo, G. Melquiond, 2008).
    /// </summary>
    private static float ToOdd(double value)
    {
        var rounded = (float)value;
        if (rounded == value || double.IsNaN(value))
            return rounded;
        var bits = BitConverter.SingleToUInt32Bits(rounded);
        return BitConverter.UInt32BitsToSingle((Math.Abs((double)rounded) > Math.Abs(value) ? bits - 1 : bits) | 1);
    }
}
