using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace SparsePipeline.Learning.Products;

/// <summary>Which product of matrices is the fastest here, of those that give the same bits.</summary>
/// <remarks>
/// libtorch multiplies with Intel's MKL, which takes kernels of half the speed on AMD's processors with AVX-512; <see cref="MatrixProduct"/> has their sums.
/// On AMD's with AVX2 alone the same kernels are as fast as OpenBLAS's: see decision 0047. Elsewhere nothing was measured, and libtorch's own product is used.
/// </remarks>
internal static unsafe class ProductChoice
{
    /// <summary>Narrower and lower matrices are multiplied by other kernels, with other sums.</summary>
    public const int LeastSide = 16;

    /// <summary>Multiply-adds from which on ours was measured to be faster.</summary>
    public const long Least = 1 << 23;

    /// <summary>Whether libtorch's library has the sums of <see cref="MatrixProduct"/>: "AuthenticAMD" in the registers EBX, EDX and ECX.</summary>
    public static bool IsAmd { get; } = X86Base.IsSupported && X86Base.CpuId(0, 0) is (_, 0x68747541, 0x444D4163, 0x69746E65);

    /// <summary>Whether <see cref="MatrixProduct"/> is the faster one on this processor, from some size on.</summary>
    public static bool OwnIsFaster { get; } = Vector512.IsHardwareAccelerated && IsAmd;

    /// <summary>Multiplies by whichever is faster.</summary>
    public static LinearPass.Product Fastest { get; } = Multiply;

    /// <summary>result = a · b, or result += a · b, by whichever is faster.</summary>
    /// <param name="a">[m, k]; its rows or its columns have no gaps. No side is 1.</param>
    /// <param name="b">[k, n], likewise.</param>
    /// <param name="result">[m, n] without gaps; overlaps neither factor.</param>
    /// <param name="adds">Whether what is in the result is added to.</param>
    private static void Multiply(in StridedMatrix a, in StridedMatrix b, float* result, bool adds)
    {
        if (OwnIsFaster && Math.Min(Math.Min(a.Rows, a.Columns), b.Columns) >= LeastSide && (long)a.Rows * a.Columns * b.Columns >= Least && torch.get_num_threads() == 1)
            MatrixProduct.Multiply(a, b, result, adds);
        else
            LibraryProduct.Multiply(a, b, result, adds);
    }
}
