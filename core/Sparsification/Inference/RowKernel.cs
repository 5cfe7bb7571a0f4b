using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Inference;

/// <summary>One row's nonzeros times one input.</summary>
internal static unsafe class RowKernel
{
    /// <param name="columns">Column of every nonzero of the row.</param>
    /// <param name="values">The nonzeros.</param>
    /// <param name="count">How many.</param>
    /// <param name="input">The input.</param>
    /// <param name="width">Widest vectors to use.</param>
    public static float Dot(int* columns, float* values, int count, float* input, VectorWidth width)
    {
        var (i, sum) = (0, 0f);
        if (Avx2.IsSupported && Fma.IsSupported && width >= VectorWidth.Bits256)
        {
            var (s0, s1) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (; i <= count - 16; i += 16)
            {
                s0 = Fma.MultiplyAdd(Vector256.Load(values + i), Avx2.GatherVector256(input, Vector256.Load(columns + i), sizeof(float)), s0);
                s1 = Fma.MultiplyAdd(Vector256.Load(values + i + 8), Avx2.GatherVector256(input, Vector256.Load(columns + i + 8), sizeof(float)), s1);
            }
            sum = Vector256.Sum(s0 + s1);
        }
        return sum + Scalar(columns + i, values + i, count - i, input);
    }

    private static float Scalar(int* columns, float* values, int count, float* input)
    {
        var (i, s0, s1, s2, s3) = (0, 0f, 0f, 0f, 0f);
        for (; i <= count - 4; i += 4)
        {
            s0 += values[i] * input[columns[i]];
            s1 += values[i + 1] * input[columns[i + 1]];
            s2 += values[i + 2] * input[columns[i + 2]];
            s3 += values[i + 3] * input[columns[i + 3]];
        }
        for (; i < count; i++)
            s0 += values[i] * input[columns[i]];
        return s0 + s1 + (s2 + s3);
    }
}
