using System.Numerics;
using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Counts set bits; the processor does 64 per instruction.</summary>
internal static class BitCount
{
    public static long Of(ReadOnlySpan<ulong> words)
    {
        var count = 0L;
        foreach (var word in words)
            count += BitOperations.PopCount(word);
        return count;
    }

    public static long Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var count = Of(words);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            count += BitOperations.PopCount(rest);
        return count;
    }
}
