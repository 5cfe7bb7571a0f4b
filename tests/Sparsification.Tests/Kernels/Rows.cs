using System.Runtime.CompilerServices;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Kernels;

/// <summary>Calls <see cref="WeightedMean"/> with rows in memory that does not move.</summary>
internal static unsafe class Rows
{
    public static float[] Mean(float[][] rows, double[]? factors = null, VectorWidth width = VectorWidth.Widest) => Mean(rows, out _, factors, width);

    public static float[] Mean(float[][] rows, out bool finite, double[]? factors = null, VectorWidth width = VectorWidth.Widest)
    {
        var pinned = rows.Select(Pin).ToArray();
        var mean = new float[rows[0].Length];
        finite = WeightedMean.Of(
            [.. pinned.Select(Address)],
            factors,
            factors is null ? 1.0 / rows.Length : 1,
            mean,
            width);
        GC.KeepAlive(pinned);
        return mean;
    }

    private static float[] Pin(float[] row)
    {
        var pinned = GC.AllocateArray<float>(Math.Max(1, row.Length), pinned: true);
        row.CopyTo(pinned, 0);
        return pinned;
    }

    private static nint Address(float[] row) => (nint)Unsafe.AsPointer(ref row[0]);
}
