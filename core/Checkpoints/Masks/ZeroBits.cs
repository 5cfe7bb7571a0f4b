using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SparsePipeline.Checkpoints;

/// <summary>Which elements are not zero, as bits: 64 elements make one word, as in <see cref="TensorMask.Words"/>.</summary>
internal static class ZeroBits
{
    /// <summary>Bit i of the result: element i is not zero as a number (−0 is zero, NaN is not).</summary>
    /// <param name="type">Element type.</param>
    /// <param name="elements">Bytes of at most 64 elements.</param>
    public static ulong NonZero(TensorType type, ReadOnlySpan<byte> elements) => type.ByteSize() switch
    {
        8 => Word(MemoryMarshal.Cast<byte, ulong>(elements), type.IsFloat() ? ulong.MaxValue >> 1 : ulong.MaxValue),
        4 => Word(MemoryMarshal.Cast<byte, uint>(elements), type.IsFloat() ? uint.MaxValue >> 1 : uint.MaxValue),
        2 => Word(MemoryMarshal.Cast<byte, ushort>(elements), type.IsFloat() ? (ushort)0x7FFF : ushort.MaxValue),
        _ => Word(elements, byte.MaxValue),
    };

    /// <summary>Bit i of the result: element i has any bit set (−0 has). What is left out by it is restored by zero bytes alone.</summary>
    public static ulong AnyBit(TensorType type, ReadOnlySpan<byte> elements) => type.ByteSize() switch
    {
        8 => Word(MemoryMarshal.Cast<byte, ulong>(elements), ulong.MaxValue),
        4 => Word(MemoryMarshal.Cast<byte, uint>(elements), uint.MaxValue),
        2 => Word(MemoryMarshal.Cast<byte, ushort>(elements), ushort.MaxValue),
        _ => Word(elements, byte.MaxValue),
    };

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
