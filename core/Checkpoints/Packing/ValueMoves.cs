using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Gathers kept elements into a run of values and scatters them back, 64 elements per mask word, bit by bit unchanged.</summary>
internal static class ValueMoves
{
    public static void Gather(int elementSize, ReadOnlySpan<byte> elements, ReadOnlySpan<ulong> words, Span<byte> values)
    {
        switch (elementSize)
        {
            case 8: Gather(MemoryMarshal.Cast<byte, ulong>(elements), words, MemoryMarshal.Cast<byte, ulong>(values)); break;
            case 4: Gather(MemoryMarshal.Cast<byte, uint>(elements), words, MemoryMarshal.Cast<byte, uint>(values)); break;
            case 2: Gather(MemoryMarshal.Cast<byte, ushort>(elements), words, MemoryMarshal.Cast<byte, ushort>(values)); break;
            default: Gather<byte>(elements, words, values); break;
        }
    }

    /// <summary>Elements that are not kept stay as they are.</summary>
    public static void Scatter(int elementSize, ReadOnlySpan<byte> values, ReadOnlySpan<ulong> words, Span<byte> elements)
    {
        switch (elementSize)
        {
            case 8: Scatter(MemoryMarshal.Cast<byte, ulong>(values), words, MemoryMarshal.Cast<byte, ulong>(elements)); break;
            case 4: Scatter(MemoryMarshal.Cast<byte, uint>(values), words, MemoryMarshal.Cast<byte, uint>(elements)); break;
            case 2: Scatter(MemoryMarshal.Cast<byte, ushort>(values), words, MemoryMarshal.Cast<byte, ushort>(elements)); break;
            default: Scatter<byte>(values, words, elements); break;
        }
    }

    private static void Gather<T>(ReadOnlySpan<T> elements, ReadOnlySpan<ulong> words, Span<T> values)
    {
        var next = 0;
        for (var i = 0; i < words.Length; i++)
            for (var word = words[i]; word != 0; word &= word - 1)
                values[next++] = elements[i * 64 + BitOperations.TrailingZeroCount(word)];
    }

    private static void Scatter<T>(ReadOnlySpan<T> values, ReadOnlySpan<ulong> words, Span<T> elements)
    {
        var next = 0;
        for (var i = 0; i < words.Length; i++)
            for (var word = words[i]; word != 0; word &= word - 1)
                elements[i * 64 + BitOperations.TrailingZeroCount(word)] = values[next++];
    }
}
