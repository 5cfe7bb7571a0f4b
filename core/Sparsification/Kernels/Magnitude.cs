using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>|w| by clearing the sign bit: NaN stays NaN, −0 becomes 0.</summary>
internal static class Magnitude
{
    private const uint AllButSign = 0x7FFF_FFFF;

    public static void Of(ReadOnlySpan<double> weights, Span<double> magnitudes)
    {
        for (var i = 0; i < weights.Length; i++)
            magnitudes[i] = Math.Abs(weights[i]);
    }

    public static void Of(ReadOnlySpan<float> weights, Span<float> magnitudes, VectorWidth width = VectorWidth.Widest)
    {
        var source = MemoryMarshal.Cast<float, uint>(weights);
        var target = MemoryMarshal.Cast<float, uint>(magnitudes)[..source.Length];
        var i = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; i <= source.Length - Vector512<uint>.Count; i += Vector512<uint>.Count)
                (Vector512.Create(source[i..]) & Vector512.Create(AllButSign)).CopyTo(target[i..]);
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; i <= source.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
                (Vector256.Create(source[i..]) & Vector256.Create(AllButSign)).CopyTo(target[i..]);
        for (; i < source.Length; i++)
            target[i] = source[i] & AllButSign;
    }
}
