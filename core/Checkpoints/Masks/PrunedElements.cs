using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Writes +0 over all elements whose mask bit is 0.</summary>
public static class PrunedElements
{
    /// <param name="elementSize">Bytes of an element: 1, 2, 4 or 8.</param>
    /// <param name="elements">Their bytes.</param>
    /// <param name="kept">The mask's words from the one that holds the bit of the first element.</param>
    public static void Clear(int elementSize, Span<byte> elements, ReadOnlySpan<ulong> kept)
    {
        switch (elementSize)
        {
            case 8: Clear(MemoryMarshal.Cast<byte, ulong>(elements), kept); break;
            case 4: Clear(MemoryMarshal.Cast<byte, uint>(elements), kept); break;
            case 2: Clear(MemoryMarshal.Cast<byte, ushort>(elements), kept); break;
            default: Clear(elements, kept); break;
        }
    }

    /// <inheritdoc cref="Clear(int, Span{byte}, ReadOnlySpan{ulong})"/>
    public static void Clear<T>(Span<T> elements, ReadOnlySpan<ulong> kept)
        where T : unmanaged
    {
        for (var start = 0; start < elements.Length; start += 64)
        {
            var run = elements.Slice(start, Math.Min(64, elements.Length - start));
            for (var pruned = ~kept[start / 64]; pruned != 0; pruned &= pruned - 1)
                if (BitOperations.TrailingZeroCount(pruned) is var i && i < run.Length)
                    run[i] = default;
        }
    }
}
