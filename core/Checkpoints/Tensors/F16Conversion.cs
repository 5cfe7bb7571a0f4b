using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>IEEE 754 binary16.</summary>
internal static class F16Conversion
{
    public static void ToFloats(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        var halves = MemoryMarshal.Cast<ushort, Half>(source);
        for (var i = 0; i < halves.Length; i++)
            destination[i] = (float)halves[i];
    }

    public static void FromFloats(ReadOnlySpan<float> source, Span<ushort> destination)
    {
        var halves = MemoryMarshal.Cast<ushort, Half>(destination);
        for (var i = 0; i < source.Length; i++)
            halves[i] = (Half)source[i];
    }
}
