using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Checkpoints;

/// <summary>bfloat16: the upper 16 bits of a float.</summary>
internal static class BF16Conversion
{
    /// <summary>Exact.</summary>
    public static void ToFloats(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(destination);
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(source[i..]));
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector256<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
            bits[i] = (uint)source[i] << 16;
    }

    /// <summary>Rounds to nearest, ties to even; a NaN becomes quiet.</summary>
    public static void FromFloats(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        var bits = MemoryMarshal.Cast<float, uint>(source);
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
            Vector256.Narrow(Round(Vector256.Create(bits[i..])), Round(Vector256.Create(bits[(i + Vector256<uint>.Count)..])))
                .CopyTo(destination[i..]);
        for (; i < source.Length; i++)
            destination[i] = (ushort)Round(Vector256.CreateScalar(bits[i])).ToScalar();
    }

    // Adding half a unit less one, and one more when the kept part is odd, carries exactly when it has to be rounded up.
    // A NaN stays one: rounding could carry its fraction away, so it is made quiet instead.
    private static Vector256<uint> Round(Vector256<uint> bits)
    {
        var rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256<uint>.One)) >> 16;
        var isNaN = Vector256.GreaterThan(bits & Vector256.Create(0x7FFF_FFFFu), Vector256.Create(0x7F80_0000u));
        return Vector256.ConditionalSelect(isNaN, (bits >> 16) | Vector256.Create(0x40u), rounded);
    }
}
