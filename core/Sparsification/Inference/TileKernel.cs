using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>
/// One row's nonzeros times 64 inputs at a time, whose numbers for one column lie side by side: each weight is broadcast and multiplied
/// with one run of 64 numbers, and the 64 sums stay in registers.
/// </summary>
internal static unsafe class TileKernel
{
    /// <summary>Inputs per tile. At 1024 columns a tile is 256 KB and stays in the second-level cache.</summary>
    public const int Width = 64;

    /// <param name="columns">Column of every nonzero of the row.</param>
    /// <param name="values">The nonzeros.</param>
    /// <param name="count">How many.</param>
    /// <param name="tile">Column c of all inputs from c · <paramref name="pitch"/> on.</param>
    /// <param name="pitch">Numbers from one column's run to the next one's.</param>
    /// <param name="bias">What the sums start with.</param>
    /// <param name="sums">Receives 64 sums.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static void Row(int* columns, float* values, int count, float* tile, nint pitch, float bias, float* sums, VectorWidth width)
    {
        if (Avx512F.IsSupported && width >= VectorWidth.Bits512)
            Row512(columns, values, count, tile, pitch, bias, sums);
        else if (Fma.IsSupported && width >= VectorWidth.Bits256)
            Row256(columns, values, count, tile, pitch, bias, sums);
        else
            for (var i = 0; i < Width; i += 4 * Vector<float>.Count)
                RowPortable(columns, values, count, tile + i, pitch, bias, sums + i);
    }

    private static void Row512(int* columns, float* values, int count, float* tile, nint pitch, float bias, float* sums)
    {
        var (s0, s1, s2, s3) = (Vector512.Create(bias), Vector512.Create(bias), Vector512.Create(bias), Vector512.Create(bias));
        // Two sets of sums: a sum can take a new term only every fourth cycle, and two terms could be had in each.
        var (t0, t1, t2, t3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < count; i++)
        {
            var w = Vector512.Create(values[i]);
            var x = tile + ((nint)columns[i] * pitch);
            s0 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x), s0);
            s1 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 16), s1);
            s2 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 32), s2);
            s3 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 48), s3);
            if (++i == count)
                break;
            w = Vector512.Create(values[i]);
            x = tile + ((nint)columns[i] * pitch);
            t0 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x), t0);
            t1 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 16), t1);
            t2 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 32), t2);
            t3 = Avx512F.FusedMultiplyAdd(w, Vector512.Load(x + 48), t3);
        }
        (s0 + t0).Store(sums);
        (s1 + t1).Store(sums + 16);
        (s2 + t2).Store(sums + 32);
        (s3 + t3).Store(sums + 48);
    }

    private static void Row256(int* columns, float* values, int count, float* tile, nint pitch, float bias, float* sums)
    {
        var start = Vector256.Create(bias);
        var (s0, s1, s2, s3) = (start, start, start, start);
        var (s4, s5, s6, s7) = (start, start, start, start);
        for (var i = 0; i < count; i++)
        {
            var w = Vector256.Create(values[i]);
            var x = tile + ((nint)columns[i] * pitch);
            s0 = Fma.MultiplyAdd(w, Vector256.Load(x), s0);
            s1 = Fma.MultiplyAdd(w, Vector256.Load(x + 8), s1);
            s2 = Fma.MultiplyAdd(w, Vector256.Load(x + 16), s2);
            s3 = Fma.MultiplyAdd(w, Vector256.Load(x + 24), s3);
            s4 = Fma.MultiplyAdd(w, Vector256.Load(x + 32), s4);
            s5 = Fma.MultiplyAdd(w, Vector256.Load(x + 40), s5);
            s6 = Fma.MultiplyAdd(w, Vector256.Load(x + 48), s6);
            s7 = Fma.MultiplyAdd(w, Vector256.Load(x + 56), s7);
        }
        s0.Store(sums);
        s1.Store(sums + 8);
        s2.Store(sums + 16);
        s3.Store(sums + 24);
        s4.Store(sums + 32);
        s5.Store(sums + 40);
        s6.Store(sums + 48);
        s7.Store(sums + 56);
    }

    private static void RowPortable(int* columns, float* values, int count, float* tile, nint pitch, float bias, float* sums)
    {
        var lanes = Vector<float>.Count;
        var start = new Vector<float>(bias);
        var (s0, s1, s2, s3) = (start, start, start, start);
        for (var i = 0; i < count; i++)
        {
            var w = new Vector<float>(values[i]);
            var x = tile + ((nint)columns[i] * pitch);
            s0 = Vector.MultiplyAddEstimate(w, Vector.Load(x), s0);
            s1 = Vector.MultiplyAddEstimate(w, Vector.Load(x + lanes), s1);
            s2 = Vector.MultiplyAddEstimate(w, Vector.Load(x + (2 * lanes)), s2);
            s3 = Vector.MultiplyAddEstimate(w, Vector.Load(x + (3 * lanes)), s3);
        }
        s0.Store(sums);
        s1.Store(sums + lanes);
        s2.Store(sums + (2 * lanes));
        s3.Store(sums + (3 * lanes));
    }
}
