using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// What counts as zero, for every command: of floating-point elements +0 and −0, of others the number 0. Answers are bits, 64 elements to a word,
/// as in <see cref="TensorMask.Words"/>.
/// </summary>
internal static class ZeroBits
{
    /// <summary>One word per 64 elements. Bit set: the element is not zero as a number (−0 is zero, NaN is not).</summary>
    public static void NonZeros(TensorType type, ReadOnlySpan<byte> elements, Span<ulong> words)
    {
        switch (type)
        {
            case TensorType.F64: Fill(MemoryMarshal.Cast<byte, ulong>(elements), ulong.MaxValue >> 1, words); break;
            case TensorType.C64: Fill(MemoryMarshal.Cast<byte, ulong>(elements), 0x7FFF_FFFF_7FFF_FFFFul, words); break;
            case TensorType.F32: Fill(MemoryMarshal.Cast<byte, uint>(elements), uint.MaxValue >> 1, words); break;
            case TensorType.F16 or TensorType.BF16: Fill(MemoryMarshal.Cast<byte, ushort>(elements), (ushort)0x7FFF, words); break;
            case TensorType.F8E4M3 or TensorType.F8E5M2: Fill(elements, (byte)0x7F, words); break;
            case TensorType.F8E8M0: AllBits(elements.Length, words); break;
            default: AnyBits(type, elements, words); break;
        }
    }

    // A type whose smallest number is a power of two has no zero.
    private static void AllBits(int count, Span<ulong> words)
    {
        words.Fill(ulong.MaxValue);
        if (count % 64 != 0)
            words[^1] = ulong.MaxValue >> (64 - (count % 64));
    }

    private static void AnyBits(TensorType type, ReadOnlySpan<byte> elements, Span<ulong> words)
    {
        switch (type.ByteSize())
        {
            case 8: Fill(MemoryMarshal.Cast<byte, ulong>(elements), ulong.MaxValue, words); break;
            case 4: Fill(MemoryMarshal.Cast<byte, uint>(elements), uint.MaxValue, words); break;
            case 2: Fill(MemoryMarshal.Cast<byte, ushort>(elements), ushort.MaxValue, words); break;
            default: Fill(elements, byte.MaxValue, words); break;
        }
    }

    private static void Fill<T>(ReadOnlySpan<T> elements, T significant, Span<ulong> words)
        where T : unmanaged
    {
        for (var i = 0; i < words.Length; i++)
            words[i] = Word(elements[(i * 64)..Math.Min(i * 64 + 64, elements.Length)], significant);
    }

    private static ulong Word<T>(ReadOnlySpan<T> elements, T significant)
        where T : unmanaged
    {
        if (elements.Length == 64)
            return FullWord(elements, significant);
        Span<T> padded = stackalloc T[64];
        padded[elements.Length..].Clear();
        elements.CopyTo(padded);
        return FullWord(padded, significant);
    }

    private static ulong FullWord<T>(ReadOnlySpan<T> elements, T significant)
        where T : unmanaged
    {
        var mask = Vector512.Create(significant);
        var word = 0UL;
        for (var i = 0; i < 64; i += Vector512<T>.Count)
            word |= Vector512.Equals(Vector512.Create(elements[i..]) & mask, Vector512<T>.Zero).ExtractMostSignificantBits() << i;
        return ~word;
    }
}
