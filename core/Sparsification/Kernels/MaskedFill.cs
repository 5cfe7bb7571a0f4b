using System.Runtime.Intrinsics;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>Writes one value over all numbers whose mask bit is 0.</summary>
internal static class MaskedFill
{
    private static readonly Vector512<int> Bits512 =
        Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);

    private static readonly Vector256<int> Bits256 = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);

    /// <param name="values">Numbers; the bit of number i is bit i % 64 of word i / 64.</param>
    /// <param name="words">The mask's words from the one that holds the bit of <c>values[0]</c>.</param>
    /// <param name="fill">0 prunes; −1 marks scores as taken out of a cut.</param>
    public static void Where0(Span<float> values, ReadOnlySpan<ulong> words, float fill, VectorWidth width = VectorWidth.Widest)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated && width >= VectorWidth.Bits512)
            for (; i <= values.Length - 16; i += 16)
                Blend(Vector512.Create<float>(values[i..]), (int)(words[i / 64] >> (i % 64)), fill).CopyTo(values[i..]);
        if (Vector256.IsHardwareAccelerated && width >= VectorWidth.Bits256)
            for (; i <= values.Length - 8; i += 8)
                Blend(Vector256.Create<float>(values[i..]), (int)(words[i / 64] >> (i % 64)), fill).CopyTo(values[i..]);
        for (; i < values.Length; i++)
            if ((words[i / 64] >> (i % 64) & 1) == 0)
                values[i] = fill;
    }

    /// <inheritdoc cref="Where0(Span{float}, ReadOnlySpan{ulong}, float, VectorWidth)"/>
    public static void Where0(Span<double> values, ReadOnlySpan<ulong> words, double fill)
    {
        for (var i = 0; i < values.Length; i++)
            if ((words[i / 64] >> (i % 64) & 1) == 0)
                values[i] = fill;
    }

    private static Vector512<float> Blend(Vector512<float> values, int bits, float fill) => Vector512.ConditionalSelect(
        Vector512.Equals(Vector512.Create(bits) & Bits512, Vector512<int>.Zero).AsSingle(), Vector512.Create(fill), values);

    private static Vector256<float> Blend(Vector256<float> values, int bits, float fill) => Vector256.ConditionalSelect(
        Vector256.Equals(Vector256.Create(bits) & Bits256, Vector256<int>.Zero).AsSingle(), Vector256.Create(fill), values);
}
